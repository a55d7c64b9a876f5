"""Names in scripts with capitals, Latin and Cyrillic: capitalised words beside one another, with the particles that belong to names."""

from typing import Final

# As ranges, of which a pattern is made quickly. A small letter may be any of the blocks that hold both, for it stands within a word.
UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚƏЀ-ЯҐҒҚҢҮҰӘӨ"
LOWER: Final = "a-zß-öø-ÿĀ-ɏа-ӿ"
CAPITAL: Final = f"[{UPPER}]"

_ARTICLE: Final = r"(?:al|el|ad|an|as|ash|at|az|Al|El)-"
_PARTICLE: Final = r"(?:abu|umm|bin|ibn|bint|abd|de|van|von|Abu|Umm|Bin|Ibn|Al|El)"
# Ordinary capitalised words: "Salma", "al-Hasan", "O'Neil", "Abd al-Rahman", "Şilan", "Ганна".
TOKEN: Final = rf"(?:{_ARTICLE}|{_PARTICLE} )?{CAPITAL}[{LOWER}'’]+(?:-(?:{CAPITAL}?[{LOWER}'’]+))*"
NAME: Final = rf"{TOKEN}(?: (?:{_PARTICLE} )?{TOKEN}){{1,4}}"
LONE: Final = rf"{TOKEN}(?: (?:{_PARTICLE} )?{TOKEN}){{0,4}}"
# The same where family names may be all capitals: "Salma ORWEN".
_LOUD: Final = rf"(?:{TOKEN}|{CAPITAL}{{3,}}(?:-{CAPITAL}{{3,}})*)"
LOUD_NAME: Final = rf"{_LOUD}(?: (?:{_PARTICLE} )?{_LOUD}){{1,4}}"
LOUD_LONE: Final = rf"{_LOUD}(?: (?:{_PARTICLE} )?{_LOUD}){{0,4}}"
