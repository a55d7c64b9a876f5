"""What a task is sent, as it comes through the pipe: at once or as a file, and never further than its end."""

import io
from collections.abc import Mapping
from typing import IO, Any

Told = Mapping[str, Any]
_PIECE = 1 << 20


class Sent(io.RawIOBase):
    """The next `size` bytes of a pipe."""

    def __init__(self, pipe: IO[bytes], size: int) -> None:
        super().__init__()
        self._pipe = pipe
        self._left = size

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes, none at the end."""
        piece = self._pipe.read(min(len(buffer), self._left))
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)

    def whole(self) -> bytes:
        """All that is left of it."""
        content = self._pipe.read(self._left)
        self._left -= len(content)
        return content

    def pass_over(self) -> None:
        """Take what is left off the pipe, so that the next request is found behind it."""
        while piece := self._pipe.read(min(_PIECE, self._left)):
            self._left -= len(piece)
