"""A reader of Arabic or French meets no English word but in a quotation, a name or a code, on any page and in any state of it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from dash.development.base_component import Component

from dashboard import shell
from dashboard.app import PAGES, assets_folder, callbacks
from dashboard.components.words import load_words, terms
from dashboard.state import FIGURE_COLUMNS

pytestmark = pytest.mark.usefixtures("serving")
WORDS: Final = load_words(assets_folder() / "translations")
SAID: Final = ("aria-label", "title", "placeholder", "alt", "data-tip", "label", "description", "nothingFoundMessage")
"""The properties of an element that are read or heard."""
CODES: Final = frozenset({"Code", "Kbd", "Graph", "Store"})
"""Elements that show what is written for programs, and what is drawn."""
NAMES: Final = frozenset({"utc", "crosscount"})
STATES: Final = {
    "overview": ("/", ""),
    "nothing found": ("/", "metric=in_need&place=SY14"),
    "known on a day": ("/", "known=2024-12-02"),
    "one chart": ("/compare", "embed=1&chart=ranges"),
    "pairs": ("/compare", "by=place"),
    "rules": ("/compare", "rules=soft_share:0.3&rules=soft_gap:9999999"),
    "no such pair": ("/pair", "pair=none"),
    "events": ("/incidents", ""),
    "no such event": ("/incident", "id=none"),
    "a division": ("/map", "place=SY02"),
    "silence": ("/silence", ""),
    "figures": ("/figures", f"columns={','.join(FIGURE_COLUMNS)}&history=1"),
    "sources": ("/sources", ""),
    "method": ("/method", ""),
    "situation": ("/situation", ""),
    "a report": ("/report", ""),
    "alerts": ("/alerts", ""),
    "nowhere": ("/nowhere", ""),
}


def _said(root: Any, language: str) -> Iterator[str]:
    """What is read or heard in the language below a component: not what says that it is in another one."""
    if isinstance(root, str):
        yield root
    elif isinstance(root, list | tuple):
        for one in root:
            yield from _said(one, language)
    elif isinstance(root, Component) and type(root).__name__ not in CODES:
        props = root.to_plotly_json()["props"]
        if props.get("lang", language) == language:
            yield from (props[name] for name in SAID if isinstance(props.get(name), str))
            yield from (str(one["label"]) for one in props.get("data") or () if isinstance(one, Mapping) and "label" in one)
            yield from _said(props.get("children"), language)


def _plain(text: str) -> str:
    """Without what stands in it as a quotation, an address or an isolated name."""
    return re.sub(r"«[^»]*»|\u2066[^\u2069]*\u2069|\S*[./_=]\S*", " ", text)


def _latin(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", _plain(text))}


def _texts(language: str) -> str:
    return json.dumps([*WORDS[language].table.values(), *(term.label(language) for term in terms())], ensure_ascii=False)


def _foreign(language: str) -> set[str]:
    """English words of the app that are none of its words in the language, and stand in no name that has no other form in it."""
    view = callbacks.view_of({"query": f"lang={language}"})
    assert view.db is not None
    named = view.db.rows("SELECT concat_ws(' ', name_en, short) FROM organisations UNION ALL SELECT name_en FROM places")
    names = " ".join(name for (name,) in named) if language == "fr" else ""
    return (
        _latin(re.sub(r"[“”]", " ", _texts("en")))
        - NAMES
        - _latin(names)
        - {word.lower() for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", _texts(language))}
    )


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("state", STATES)
def test_no_page_speaks_english_to_others(state: str, language: str) -> None:
    """Neither its words, nor what is pointed at or heard."""
    path, query = STATES[state]
    drawn = callbacks.draw_frame(PAGES)({"path": path, "query": f"{query}&lang={language}", "drawn": True})
    foreign = _foreign(language)
    found = {text: left for text in _said(drawn, language) if (left := _latin(text) & foreign)}
    assert found == {}, found


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_evidence_speaks_english_to_others(language: str) -> None:
    """Of any figure: its sentence, its words and its document have their own language."""
    view = shell.desk().look_at("/figures", callbacks.view_of({"query": f"lang={language}"}).filters, shell.Screen())
    assert view.db is not None
    foreign, found = _foreign(language), {}
    for (figure,) in view.db.rows("SELECT figure_id FROM figures"):
        drawn = callbacks.draw_evidence(figure, {"path": "/figures", "query": f"lang={language}"})
        found |= {text: left for text in _said(drawn, language) if (left := _latin(text) & foreign)}
    assert found == {}, found
