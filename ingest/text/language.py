"""Which language a text is in, as far as its script tells; a source's own language outranks this."""

import re

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_SORANI = re.compile("[ێۆڵڕ]")
_PERSIAN = re.compile("[پچژگ]")
_IN_ARABIC_SCRIPT = frozenset({"ar", "ckb", "fa", "ur", "ps"})
_LOOKED_AT = 20_000
_MANY = 0.01


def language_of(text: str, declared: str = "") -> str:
    """The declared language, unless the script contradicts it: pages often keep their site's code whatever they are written in.

    Without a declaration `ar`, `ckb` or `fa` by the Arabic letters used, and `en` for Latin ones. Empty without letters.
    """
    script = _by_script(text[:_LOOKED_AT])
    if not script or not declared:
        return script or declared
    return declared if (declared in _IN_ARABIC_SCRIPT) == (script in _IN_ARABIC_SCRIPT) else script


def _by_script(sample: str) -> str:
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    if arabic > latin:
        if len(_SORANI.findall(sample)) > arabic * _MANY:
            return "ckb"
        return "fa" if len(_PERSIAN.findall(sample)) > arabic * _MANY else "ar"
    return "en" if latin else ""
