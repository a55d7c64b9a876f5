"""Names folded so that the spellings of one place meet, in Latin and in Arabic letters.

Folding works token by token: `fold(name)` is the non-empty `fold_token(t)` of its tokens joined by one space, whether
the tokens were cut at white space only or also at hyphens and other signs. Apostrophes belong to their token. A text
spotter can therefore fold each token once and look up runs of tokens in `Gazetteer.by_folded`.

Latin letters: case, accents, apostrophes, articles (`al-`, `el-`, `ash-`, glued `El`) and doubled letters go; digraphs
and vowels meet where transliterations waver (`Idlib`/`Idleb`, `Daraa`/`Dar'a`, `Suwayda`/`Sweida`, `Morek`/`Murak`).
Arabic letters: marks, tatweel and hamza go, the alefs meet, and so do ه/ة and ي/ى; the article goes where three letters
or more remain. Folding is for matching only: it says nothing about which of the matching places is meant.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʿʾ`´ʻ"
_REMEMBERED_LENGTH = 40  # characters; no name's word is longer, and a hostile text must not fill the memory
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}][sS](?!\w)")
_PIECES = re.compile(r"[^\W_]+")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064A\u0671-\u06D3\u06D5]")
_MARKS = re.compile(r"[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u200B-\u200F\u061C]")  # tashkeel, tatweel, invisible
_ARABIC = str.maketrans("أإآٱةىیېێؤۆۇئکگپچڤەھہ", "اااا" + "هيييي" + "ووو" + "ي" + "ككبجفههه", "ء")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

_LETTERS = str.maketrans({"ş": "sh", "š": "sh", "ç": "ch", "ğ": "g", "ı": "i", "ß": "ss", "ø": "o"})
_ARTICLES = frozenset(
    ["al", "el", "as", "ar", "at", "an", "ad", "ash", "az", "ez", "esh", "es", "er", "et", "en", "ed", "ath", "eth", "adh", "edh", "ul"]
)
# Written otherwise so often that the rules below do not reach it: the word for village in hundreds of names.
_WHOLE = {"kafar": "kafr", "kfar": "kafr", "kufr": "kafr", "kufar": "kafr"}

# In order. Two letters stand for what Latin writes with two: ʃ for sh, æ for the diphthong ay/ei.
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"ee", "i"),  # Sarmeen, Sarmin
        (r"oo|ou|o", "u"),  # Harbanoush, Talbiseh; Morek, Murak
        (r"sh|ch", "ʃ"),
        (r"kh|ck|qu(?=a)|[qc]", "k"),  # Khan Sheikhoun, Khan Shaykun; Raqqa, Rakka
        (r"gh", "g"),  # Shughur, Shugur
        (r"dh", "d"),  # Hadher, Hader
        (r"th", "t"),
        (r"ph", "f"),
        (r"m(?=b)", "n"),  # Membij, Menbij
        (r"(.)\1+", r"\1"),  # Lattakia, Latakia
        (r"^e(?=[zs])(?=(z|s)u)", ""),  # Ezzor, written as one word with its article
        (r"^(?:al|el)(?=[^aeiuy\d]\w{3})", ""),  # Elmosalamiyeh, written as one word with its article
        (r"[ei]?y(?=[aeiu])|i(?=[aeu])", "y"),  # Salamiyah, Salamieh, Malikeyyeh
        (r"uw?(?=[aei])", "w"),  # Suwayda, Soueida, Sweida
        (r"[ae][yi](?![aeiu])", "æ"),  # Deir, Dayr
        (r"a[wu](?![aeiu])", "u"),  # Hawl, Hol
        (r"(?<=.)y(?![aeiu])", "i"),
        (r"(?<=[aeiu])h$", ""),  # Hasakah, Hasakeh, Hasaka
        (r"^e", "i"),
        (r"(?<=.)[ei]", "a"),  # short vowels waver: Saraqeb, Saraqib, Saraqab
        (r"([aiu])[aiu]+", r"\1"),  # Daraa, Deraa
        (r"(.)\1+", r"\1"),
    )
)
# What `fold_closely` still lets meet: spellings that no reader tells apart.
_CLOSE_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in ((r"ee", "i"), (r"oo|ou|o", "u"), (r"(.)\1+", r"\1"), (r"(?<=[aeiu])h$", ""), (r"(?<=.)e$", "a"))
)


def fold(name: str) -> str:
    """The folded form of a name: its folded tokens, the empty ones left out, joined by one space. Empty for signs only."""
    return " ".join(filter(None, map(fold_token, name.split())))


def fold_token(token: str) -> str:
    """The folded form of one token; empty for an article standing alone, several words for a hyphenated token."""
    return _remembered(token) if len(token) <= _REMEMBERED_LENGTH else _folded(token)


def _folded(token: str) -> str:
    return " ".join(filter(None, map(_fold_piece, _PIECES.findall(_unmarked(_without_apostrophes(token))))))


_remembered = lru_cache(maxsize=1 << 16)(_folded)


def _without_apostrophes(text: str) -> str:
    return _POSSESSIVE.sub("", text).translate(_NO_APOSTROPHES)


def _unmarked(text: str) -> str:
    return text if text.isascii() else _MARKS.sub("", text)


def _fold_piece(piece: str) -> str:
    return _fold_arabic(piece) if _ARABIC_LETTER.search(piece) else _fold_latin(piece)


def _fold_arabic(piece: str) -> str:
    letters = _unify_arabic(piece)
    return letters[2:] if letters.startswith("ال") and len(letters) > len("ال") + 2 else letters


def _unify_arabic(text: str) -> str:
    return _MARKS.sub("", text).translate(_ARABIC).translate(_DIGITS)


def _fold_latin(piece: str) -> str:
    letters = _unaccented(piece)
    if letters in _ARTICLES:
        return ""
    folded = _rewritten(letters, _STEPS)
    return _WHOLE.get(folded, folded)


def _unaccented(piece: str) -> str:
    lower = piece.lower().translate(_LETTERS)
    return lower if lower.isascii() else "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def _rewritten(letters: str, steps: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, written in steps:
        letters = pattern.sub(written, letters)
    return letters


def fold_after_proclitics(token: str) -> tuple[tuple[int, str], ...]:
    """Foldings of an Arabic token without its possible glued one-letter words (و ف, then ب ل ك), longest remainder first.

    Each is (characters left off, folded remainder); the first is the whole token. `للرقة` gives the folding of `الرقة`.
    A token in other letters gives its one folding. Characters count in the token as given, so spans stay exact.
    """
    found = [(0, fold_token(token))]
    if not _ARABIC_LETTER.search(token):
        return tuple(found)
    starts = [0, 1] if token[:1] in {"و", "ف"} else [0]
    for start in starts:
        if start:
            found.append((start, fold_token(token[start:])))
        if token[start : start + 2] == "لل":
            found.append((start + 1, fold_token("ا" + token[start + 1 :])))
            found.append((start + 1, fold_token("ال" + token[start + 1 :])))
        elif token[start : start + 1] in {"ب", "ل", "ك"}:
            found.append((start + 1, fold_token(token[start + 1 :])))
    return tuple((left, folded) for left, folded in found if len(folded) > 1)


def fold_closely(name: str) -> str:
    """A stricter folding that keeps vowels and single letters apart (`Hadar`, `Hadher`), to rank names that `fold` lets meet."""
    if _ARABIC_LETTER.search(name):
        return plain(name)
    pieces = map(_unaccented, _PIECES.findall(_without_apostrophes(name)))
    return " ".join(_rewritten(piece, _CLOSE_STEPS) for piece in pieces if piece not in _ARTICLES)


def plain(text: str) -> str:
    """A text lower-cased, without marks, tatweel or a possessive, Arabic letters unified and the article kept: for word lists."""
    return " ".join(_unify_arabic(_POSSESSIVE.sub("", unicodedata.normalize("NFKC", text))).casefold().split())
