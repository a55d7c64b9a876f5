"""The mark that stands in published sentences for each letter of a victim's name."""

from typing import Final

MARK: Final = "█"


def says(published: str, read: str) -> bool:
    """Whether a published text is the one that was read, but for letters that are withheld."""
    return published == read or (
        len(published) == len(read) and all(one in (other, MARK) for one, other in zip(published, read, strict=True))
    )
