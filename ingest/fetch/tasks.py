"""What is done with files as they come, in the process that can be ended (`ingest.apart.tasks`)."""

import zipfile
import zlib
from functools import lru_cache
from typing import Any, Final

from protego import Protego

from ingest.apart import Sent
from ingest.apart.sent import Told
from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

_LARGEST_ROBOTS: Final = 500_000  # bytes; RFC 9309 asks for that much
_HOSTS: Final = 64  # whose rules are held
_MEMBERS: Final = 20_000
_ENCRYPTED: Final = 0x1


def robots(sent: Sent, told: Told) -> dict[str, Any]:
    """Whether the robots.txt that was sent lets `agent` read `url`, and the pause it asks for between two pages."""
    content = sent.whole()
    if len(content) > _LARGEST_ROBOTS:  # a rule that was cut would be another rule
        content = content[:_LARGEST_ROBOTS].rpartition(b"\n")[0]
    rules = _rules(content)
    return {"allows": bool(rules.can_fetch(told["url"], told["agent"])), "delay": rules.crawl_delay(told["agent"])}


def members(_: Sent, told: Told) -> list[tuple[str, bool]]:
    """What the zip at `path` holds, by name, and whether each is a folder."""
    name = told["name"]
    found = _opened(*told["file"]).infolist()
    if len(found) > _MEMBERS:
        raise UnreadableDocument(say(Unreadable.MANY_FILES, name=name, count=f"{len(found):,}", most=f"{_MEMBERS:,}"))
    return [(one.filename, one.is_dir()) for one in found]


def member(_: Sent, told: Told) -> tuple[bytes, int]:
    """The bytes of the `at`th of them, unpacked never further than `largest` and one more, and how many the zip says there are."""
    name, archive = told["name"], _opened(*told["file"])
    packed = archive.infolist()[told["at"]]
    if packed.flag_bits & _ENCRYPTED:
        raise UnreadableDocument(say(Unreadable.LOCKED_ZIP, name=name))
    try:
        with archive.open(packed) as unpacked:
            return unpacked.read(told["largest"] + 1), packed.file_size
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableDocument(say(Unreadable.DAMAGED_MEMBER, name=name, answer=error)) from error


@lru_cache(_HOSTS)
def _rules(content: bytes) -> Protego:
    return Protego.parse(content.decode("utf-8", errors="replace"))


@lru_cache(1)
def _opened(path: str, size: int, changed: int) -> zipfile.ZipFile:
    """The zip, held open while its files are asked for; of another size or time it is another."""
    del size, changed
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(say(Unreadable.DAMAGED_ZIP, name=path, answer=error)) from error
