"""One spelling for matching: case, Arabic letter variants, marks and digits folded, so that a lexicon needs one form of a word.

Folding works on one token at a time and never on the text itself: spans always point into the text as it is.
"""

import unicodedata
from functools import lru_cache

_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_DIGITS = {ord(c): str(i) for digits in (_ARABIC_DIGITS, _PERSIAN_DIGITS) for i, c in enumerate(digits)}

# Arabic: alef forms, final yeh and teh marbuta are written either way; tashkeel and tatweel carry no meaning for matching.
_ARABIC = {
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    ord("ى"): "ي",
    ord("ی"): "ي",
    ord("ک"): "ك",
    ord("ة"): "ه",
    **dict.fromkeys(map(ord, "ھہەۀ"), "ه"),
    ord("ؤ"): "و",
    **dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, 0x200C, 0x200D, 0x200E, 0x200F], None),
}
_TYPOGRAPHY = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("`"): "'", ord("‑"): "-", ord("–"): "-"}
# Some publishers write ki*led or de*ath against platform filters.
_MASK = {ord("*"): None, 0x00AD: None, 0x200B: None}
# Letters as a typesetter joined them (ﻗ ﺘ ﻞ, ﻻ), which come out of PDFs.
_SHAPED = ("\ufb50", "\ufefc")
_FOLD = {**_DIGITS, **_ARABIC, **_TYPOGRAPHY, **_MASK}


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """The matching form of one token: lower case, one form per Arabic letter, ASCII digits, no masks inside words."""
    if not token.isascii() and any(_SHAPED[0] <= letter <= _SHAPED[1] for letter in token):
        token = unicodedata.normalize("NFKC", token)
    return token.translate(_FOLD).lower() if not token.isascii() or "*" in token or "`" in token else token.lower()


def fold_digits(text: str) -> str:
    """Arabic and Persian digits as ASCII ones; everything else untouched and every offset kept."""
    return text.translate(_DIGITS)
