"""Talking to the world: the polite HTTP client, the archive of raw bytes, and what a source is handed.

`client.Client` fetches, `archive.Archive` keeps, `replay.ReplayClient` answers from what was kept, and
`request.FetchRequest` is all a source sees of any of them. Nothing outside this package opens a socket.
"""
