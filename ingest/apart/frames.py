"""What passes between the two processes: plain values, each behind its length.

The values are pickled, because the numbers and times among them pass as they are and long lists of records pass cheaply; the reading side
makes nothing but plain values, numbers and times of what comes, whatever a parser was made to write.
"""

import io
import pickle
from typing import IO, Any, Final

_LENGTH: Final = 8  # bytes that say how long a frame is
_MADE: Final = frozenset(
    {("decimal", "Decimal"), ("datetime", "datetime"), ("datetime", "date")}
    | {("datetime", "time"), ("datetime", "timedelta"), ("datetime", "timezone")}
)


class _Plain(pickle.Unpickler):
    """Makes no object but those that are named."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MADE:
            raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
        return super().find_class(module, name)


def written(value: Any) -> bytes:
    """A value as a frame."""
    told = pickle.dumps(value, protocol=5)
    return len(told).to_bytes(_LENGTH, "big") + told


def read(file: IO[bytes]) -> Any:
    """The value of the next frame. Raises `EOFError` where the other side ended before it was whole."""
    length = file.read(_LENGTH)
    told = file.read(int.from_bytes(length, "big")) if len(length) == _LENGTH else b""
    if not told or len(told) < int.from_bytes(length, "big"):
        raise EOFError("the other side ended")
    return _Plain(io.BytesIO(told)).load()
