"""Deterministic identities: the same report read twice gives the same ids, so re-ingest adds nothing."""

import hashlib
from collections.abc import Iterable


def digest(*parts: object, length: int = 16) -> str:
    """Hex digest of the parts, separated so that ("ab", "c") and ("a", "bc") differ."""
    joined = "\x1f".join(["" if part is None else part if isinstance(part, str) else str(part) for part in parts])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def digests(*columns: Iterable[str], length: int = 16) -> list[str]:
    """The digest of each row of columns of words: the same as `digest` of its words, for many at once."""
    hashed = hashlib.sha256
    return [hashed("\x1f".join(row).encode("utf-8", "surrogatepass")).hexdigest()[:length] for row in zip(*columns, strict=True)]


def document_id(source: str, publisher: str, address: str, text: str) -> str:
    """A document is its connector, publisher, address and text: an edited page is another document."""
    return "d" + digest(source, publisher, address, text)


def figure_id(document: str, span: tuple[int, int], *reading: object) -> str:
    """A figure is a place in a document and what was read there (metric, group, unit ...)."""
    return "f" + digest(document, span[0], span[1], *reading)


def claim_id(claimed_source: str, *series_and_value: object) -> str:
    """Readings that carry the same claim (same voice, series, as-of and value) share this."""
    return "c" + digest(claimed_source, *series_and_value)
