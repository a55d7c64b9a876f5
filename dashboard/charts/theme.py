"""The colours of light and dark, once. Charts draw with them; the page's styles may read the same table.

Kinds of sources keep the hues of `SOURCE_KINDS` (Okabe and Ito's set), moved in lightness until they stand 3:1 against the
paper as marks and 4.5:1 as text (WCAG 2.2, 1.4.3 and 1.4.11), and stay apart under the common colour-vision deficiencies.
Disagreement has a scale of its own, pale to strong, in a hue no kind uses. No red: that is for errors of the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FONT: Final = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Geeza Pro', Tahoma, sans-serif"
"""The reader's own fonts, with Arabic beside Latin; nothing is downloaded."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`kinds` colours marks and `kind_text` the labels beside them; `disagreement` runs from none known (0) to extreme (4)."""

    name: str
    paper: str
    text: str
    muted: str
    line: str
    grid: str
    land: str
    kinds: Mapping[str, str]
    kind_text: Mapping[str, str]
    disagreement: tuple[str, str, str, str, str]
    disagreement_text: tuple[str, str, str, str, str]


LIGHT: Final = Theme(
    name="light",
    paper="#FFFFFF",
    text="#1C2127",
    muted="#5A636E",
    line="#9AA2AB",
    grid="#E7E9EC",
    land="#FAFAFB",
    kinds=MappingProxyType(
        {
            "monitor": "#005F9E",
            "state": "#BC4B00",
            "un": "#009E73",
            "rescue": "#CC6FA3",
            "media": "#2A9AD8",
            "party": "#BD8200",
            "other": "#4D535B",
        }
    ),
    kind_text=MappingProxyType(
        {
            "monitor": "#005F9E",
            "state": "#BC4B00",
            "un": "#007A58",
            "rescue": "#A8457D",
            "media": "#1474AA",
            "party": "#875E00",
            "other": "#4D535B",
        }
    ),
    disagreement=("#E1E4E9", "#D8D2EA", "#B5A6D9", "#8566BD", "#4F2D8C"),
    disagreement_text=("#1C2127", "#1C2127", "#1C2127", "#FFFFFF", "#FFFFFF"),
)

DARK: Final = Theme(
    name="dark",
    paper="#15191E",
    text="#ECEAE5",
    muted="#A7AFB8",
    line="#6D7680",
    grid="#2A3037",
    land="#191E24",
    kinds=MappingProxyType(
        {
            "monitor": "#2E8FD6",
            "state": "#E8650F",
            "un": "#12A57B",
            "rescue": "#DD97BD",
            "media": "#7CCBF5",
            "party": "#F0B429",
            "other": "#D6D0C4",
        }
    ),
    kind_text=MappingProxyType(
        {
            "monitor": "#5AAAE6",
            "state": "#F08A45",
            "un": "#2DBE93",
            "rescue": "#DD97BD",
            "media": "#7CCBF5",
            "party": "#F0B429",
            "other": "#D6D0C4",
        }
    ),
    disagreement=("#303843", "#40376A", "#5F4D9C", "#8E77CF", "#CBBBF6"),
    disagreement_text=("#ECEAE5", "#ECEAE5", "#ECEAE5", "#15191E", "#15191E"),
)

THEMES: Final = MappingProxyType({"light": LIGHT, "dark": DARK})


def mixed(colour: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `colour` over `other`, as an opaque hex colour."""
    parts = (round(a * share + b * (1 - share)) for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def clear(colour: str, alpha: float) -> str:
    """The colour with an opacity from 0 to 1."""
    red, green, blue = _rgb(colour)
    return f"rgba({red},{green},{blue},{alpha:.2f})"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
