"""Sources: one file per publisher, discovered by `ingest.sources.registry`; to add a publisher is to add a file.

A source file has `INFO` (an `ingest.model.records.SourceInfo`) and `fetch(request) -> Iterator[Document | Record | Complete]`: a
`Document` is a text to be read, a `Record` one of a structured source with the numbers it states. What it yields before an
error counts: the error costs the rest, never what was already handed over.
"""
