"""How elements travel to the browser: what stands still as one part, what a callback speaks to by itself."""

import json
from typing import Any

from dash import dcc
from dash._utils import to_json

from dashboard.components.elements import Anchor, html


def sent(part: Any) -> Any:
    """What the browser gets of a part."""
    return json.loads(to_json(part))


def still(*markup: Any) -> dict[str, Any]:
    """The one part that markup travels in."""
    return {"props": {"markup": list(markup)}, "type": "Markup", "namespace": "crosscount_markup"}


def test_text_and_elements_are_one_part() -> None:
    """With their attributes, and with what is nothing."""
    drawn = html.P(["at least ", html.B("242", className="number"), None, 3], **{"data-tip": "killed"})
    assert sent(drawn) == still(["p", {"data-tip": "killed"}, "at least ", ["b", {"className": "number"}, "242"], None, 3])


def test_one_that_a_callback_may_speak_to_stays_and_those_beside_it_are_one() -> None:
    """Its neighbours before and after it, and all that stands in it."""
    drawn = html.Div([html.H1("Aleppo"), html.P("242 killed"), html.P(html.I("four"), id="said"), "later", html.Br()])
    spoken = {"props": {"id": "said", "children": still(["i", {}, "four"])}, "type": "P", "namespace": "dash_html_components"}
    children = [still(["h1", {}, "Aleppo"], ["p", {}, "242 killed"]), spoken, still("later", ["br", {}, None])]
    assert sent(drawn) == {"props": {"children": children}, "type": "Div", "namespace": "dash_html_components"}


def test_text_alone_stays_text() -> None:
    """A script may write another in its place, as it may into any element."""
    assert sent(html.P("four", id="said"))["props"] == {"id": "said", "children": "four"}
    assert sent(html.P(["four", None, " killed"], id="said"))["props"]["children"] == ["four", None, " killed"]


def test_one_with_an_id_for_addresses_only_does_not_stay() -> None:
    """It keeps its id."""
    assert sent(html.H2("Windows", id=Anchor("rule-window"))) == still(["h2", {"id": "rule-window"}, "Windows"])


def test_components_of_others_stay_and_what_stands_in_them_is_put_together() -> None:
    """They are looked into, and are no text."""
    loading = dcc.Loading([html.P("one"), dcc.Store(id="rows"), html.P("two")], className="rows")
    taken = sent(html.Section(loading))["props"]["children"]["props"]
    assert taken["className"] == "rows"
    assert taken["children"][0] == still(["p", {}, "one"])
