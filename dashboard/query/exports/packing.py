"""Zips that are handed on while they are made: nobody goes back in them, so no reader waits for their end."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say; the same parts then make the same bytes."""
_LARGE: Final = 2_000_000
"""Cells from which a part may be larger than two GB before it is packed, which its head has to know."""
_ZIP64: Final = 45  # the version of the format, times ten, from which sizes have 64 bits
_READABLE: Final = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a zip: its name, what is in it, and how many cells of a table that is."""

    name: str
    content: Iterable[bytes]
    cells: int = 0


def packed(parts: Iterable[Part], level: int | None = None) -> Iterator[bytes]:
    """The zip in chunks, each part asked for when the one before has ended; `level` is how hard it is packed (zlib)."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for part in parts:
            large = part.cells > _LARGE
            with archive.open(_Head.of(part.name, large, level), "w", force_zip64=large) as file:
                for piece in part.content:
                    file.write(piece)
                    yield sink.taken()
    yield sink.taken()


class _Head(zipfile.ZipInfo):
    """What stands before a part whose size nobody knows yet: Excel wants it without a size, and without a field for a large one.

    It takes a large part only where the version says that what follows has 64 bits, as Apache POI streams its workbooks;
    LibreOffice knows that form (`ZipFile::readLOC`), and whoever reads the directory at the end finds it all there.
    """

    @classmethod
    def of(cls, name: str, large: bool, level: int | None) -> "_Head":
        """The head of a part of that name."""
        head = cls(name, _EARLIEST)
        head._compresslevel = level  # type: ignore[attr-defined]  # that of the archive is not asked where a head is given
        head.compress_type = zipfile.ZIP_DEFLATED
        head.external_attr = _READABLE
        if large:
            head.extract_version = head.create_version = _ZIP64
        return head

    def FileHeader(self, zip64: bool | None = None) -> bytes:  # noqa: N802 - a name of the standard library
        """The bytes, without sizes."""
        return super().FileHeader(zip64=False)


class _Sink(io.RawIOBase):
    """Where a zip is written to and taken from as it grows; it cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """The bytes since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken
