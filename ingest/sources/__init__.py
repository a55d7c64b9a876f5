"""Sources: one file per publisher, discovered by `ingest.sources.registry`; to add a publisher is to add a file.

A source file has `INFO` (an `ingest.model.records.SourceInfo`) and `fetch(request) -> Iterator[Document | Tabulated]`: a
`Document` is a text to be read, a `Tabulated` a document of rows with their figures. What it yields before an error counts: the
error costs the rest, never the reports already handed over.
"""
