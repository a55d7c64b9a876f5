"""Compound files, the small file system inside old Office files and saved Outlook messages (MS-CFB): the streams at its top."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

_HEADER = struct.Struct("<8s16xHHHHH6xIII4xIIIII")
_ENTRY = struct.Struct("<64sHBxIII36xIQ")
_ENTRY_SIZE = 128
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_SIZE, _IN_HEADER = 512, 109  # bytes, and sectors of the allocation table that it lists
_NONE = 0xFFFFFFFA  # from here on a number is no sector
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SIZE = 0xFFFFFFFF  # the upper half of a size is not always set to zero
_LARGEST = 60_000_000  # bytes of all streams together
_PROPERTIES, _PROPERTIES_HEAD, _PROPERTY = "__properties_version1.0", 32, struct.Struct("<IIQ")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Compound:
    """The `streams` at the top of a compound file by name, and the names of its `storages`. Raises `UnreadableDocument` when damaged."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name
        self.streams: dict[str, bytes] = {}
        self.storages: list[str] = []
        try:
            self._read()
        except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
            raise self._damaged(str(error)) from error

    def moment(self, tags: tuple[int, ...]) -> str:
        """The first of these times among a message's properties, in ISO 8601; empty where there is none."""
        listed = self.streams.get(_PROPERTIES, b"")[_PROPERTIES_HEAD:]
        whole = listed[: len(listed) // _PROPERTY.size * _PROPERTY.size]
        found = {tag: ticks for tag, _, ticks in _PROPERTY.iter_unpack(whole)}
        ticks = next((found[tag] for tag in tags if found.get(tag)), 0)
        try:
            return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat() if ticks else ""
        except OverflowError:
            return ""

    def _read(self) -> None:
        head = _HEADER.unpack_from(self._content)
        magic, _, _, _, sector_power, small_power, _, _, first_entry, self._cutoff, first_small, _, first_more, _ = head
        if magic != _MAGIC or sector_power not in (9, 12) or small_power != 6:
            raise self._damaged("its head is not that of such a file")
        self._sector, self._small_sector = 1 << sector_power, 1 << small_power
        self._table = list(self._numbers(b"".join(self._at(number) for number in self._table_sectors(first_more))))
        entries = list(self._entries(b"".join(self._chain(first_entry))))
        self._small_table = list(self._numbers(b"".join(self._chain(first_small))))
        root = next(entry for entry in entries if entry[2] == _ROOT)
        self._small = b"".join(self._chain(root[6]))[: root[7]]
        left = _LARGEST
        for label, kind, start, size in self._children(entries, root[5]):
            if kind == _STORAGE:
                self.storages.append(label)
            elif kind == _STREAM:
                left -= size
                if left < 0:
                    raise self._damaged("its parts are larger than it can hold")
                self.streams[label] = self._stream(start, size)

    def _table_sectors(self, more: int) -> Iterator[int]:
        """The sectors that hold the allocation table: the first are listed in the head, the others in sectors of their own."""
        yield from (n for n in self._numbers(self._content[_HEADER_SIZE - 4 * _IN_HEADER : _HEADER_SIZE]) if n < _NONE)
        met: set[int] = set()
        while more < _NONE and more not in met:
            met.add(more)
            *listed, more = self._numbers(self._at(more))
            yield from (number for number in listed if number < _NONE)

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._content[start : start + self._sector]

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(content) // 4}I", content)

    def _walk(self, table: list[int], number: int) -> Iterator[int]:
        met: set[int] = set()
        while number < _NONE:
            if number in met:
                raise self._damaged("its sectors lead in a circle")
            met.add(number)
            yield number
            number = table[number]

    def _chain(self, number: int) -> Iterator[bytes]:
        return (self._at(one) for one in self._walk(self._table, number))

    def _stream(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            return b"".join(self._chain(start))[:size]
        step = self._small_sector
        return b"".join(self._small[one * step : (one + 1) * step] for one in self._walk(self._small_table, start))[:size]

    @staticmethod
    def _entries(content: bytes) -> Iterator[tuple[bytes, int, int, int, int, int, int, int]]:
        for offset in range(0, len(content) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            yield _ENTRY.unpack_from(content, offset)

    def _children(self, entries: list[tuple[bytes, int, int, int, int, int, int, int]], first: int) -> Iterator[tuple[str, int, int, int]]:
        """What stands in a storage: name, kind, first sector and size of each; the entries are a tree of neighbours."""
        waiting, met = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= _NONE or number in met:
                continue
            met.add(number)
            label, length, kind, before, after, _, start, size = entries[number]
            yield label[: max(length - 2, 0)].decode("utf-16-le"), kind, start, size & _SIZE
            waiting += [before, after]

    def _damaged(self, why: str) -> UnreadableDocument:
        return UnreadableDocument(say(Unreadable.DAMAGED_MESSAGE, name=self._name, answer=why))
