"""Elements as the HTML of a document."""

import pytest
from dash import dcc

from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.markup import markup


def test_what_elements_say_is_the_html_of_the_document() -> None:
    """Names of properties become those of HTML; what is not set is not said; the page that comes later has the identities."""
    given = html.Ul(
        [html.Li("44 dead", className="row", key="one"), None, html.Li(["3", html.Br(), 7], title=None)], id="rows", hidden=True
    )
    assert markup(given) == '<ul hidden><li class="row">44 dead</li><li>3<br>7</li></ul>'
    assert markup(html.Label("Dates", htmlFor="dates", tabIndex=-1)) == '<label for="dates" tabindex="-1">Dates</label>'


def test_nothing_in_a_text_becomes_markup() -> None:
    """Reports are untrusted, and so are titles."""
    given = html.P("<b>44</b> & more", **attributes(data_tip='"><script>'))
    assert markup(given) == '<p data-tip="&quot;&gt;&lt;script&gt;">&lt;b&gt;44&lt;/b&gt; &amp; more</p>'


def test_a_button_waits_for_the_script_that_makes_it_work() -> None:
    """Until then it cannot be pressed."""
    assert markup(html.Button("Filters", type="button")) == '<button type="button" disabled>Filters</button>'


def test_what_only_a_script_draws_has_no_html() -> None:
    """Told where it is made, not found missing on the page."""
    with pytest.raises(TypeError, match="Store"):
        markup(html.Div(dcc.Store(id="view")))
