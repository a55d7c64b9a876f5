"""The menu of files on every page with data, and one chart alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from dashboard.app import PAGES, create_app
from dashboard.app.callbacks import heading_of, page_of
from dashboard.pages import compare, figures, incidents, overview, places, silence, situation, sources
from dashboard.shell import EXTENSION, View, alone, downloads
from ingest.model.schema import TABLES
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("serving")
Parts = Callable[[Any, str], list[Component]]
Read = Callable[[Any], str]


def _files(parts: Parts, page: Component) -> list[str]:
    return [link.href for link in parts(page, "A") if str(link.href).startswith("/export/")]


@pytest.mark.parametrize(
    "page,tables",
    [
        (overview, ("figures", "series")),
        (compare, ("discrepancies",)),
        (incidents, ("incidents",)),
        (places, ("figures",)),
        (silence, ("silence",)),
        (figures, ("figures",)),
        (sources, ("sources", "organisations", "relays", "behaviour")),
    ],
    ids=lambda page: getattr(page, "__name__", ""),
)
def test_every_page_with_data_offers_its_tables(parts: Parts, page: Any, tables: tuple[str, ...]) -> None:
    """In every form they can be had in."""
    links = _files(parts, page.layout(metric="killed"))
    for table in tables:
        assert any(link.startswith(f"/export/{table}.xlsx") for link in links), table
        assert any(link.startswith(f"/export/{table}.zip") for link in links), table


@pytest.mark.parametrize("table", TABLES)
def test_a_menu_is_one_line_for_any_table(look_at: Callable[..., View], read: Read, parts: Parts, table: str) -> None:
    """It is there for every published table; without a filter there is one scope, with its rows."""
    menu = downloads(look_at("/figures"), table)
    assert "Everything" in read(menu) and "As displayed" not in read(menu)
    assert f"/export/{table}.csv" in _files(parts, menu)


def test_displayed_and_everything_are_told_apart(look_at: Callable[..., View], parts: Parts, read: Read) -> None:
    """Each with its number of rows; what concerns only the looks is in neither address, the language of the README is in both."""
    menu = downloads(look_at("/figures", places=("SY05",), theme="dark", page=2, lang="ar"), "figures")
    links = _files(parts, menu)
    assert "/export/figures.xlsx?place=SY05&lang=ar" in links and "/export/figures.xlsx?lang=ar" in links
    assert "سطران" in read(menu) and "٨٣" in read(menu)
    assert not any("theme" in link or "page" in link for link in links)


def test_files_as_displayed_follow_the_columns_of_the_table(look_at: Callable[..., View], parts: Parts) -> None:
    """The columns chosen are in the address of what is displayed, not in that of everything, nor in that of another table."""
    view = look_at("/figures", metrics=("killed",), columns=("value", "quote"))
    links = _files(parts, downloads(view, "figures"))
    assert "/export/figures.csv?metric=killed&columns=value,quote" in links and "/export/figures.csv" in links
    assert not any("columns" in link for link in _files(parts, downloads(view, "discrepancies")))


def test_a_table_no_filter_narrows_has_one_scope(look_at: Callable[..., View], read: Read) -> None:
    """Whatever is chosen, the table of sources is whole."""
    assert "As displayed" not in read(downloads(look_at("/sources", metrics=("killed",)), "sources"))


def test_one_chart_stands_alone(look_at: Callable[..., View], parts: Parts) -> None:
    """The chart that the address names with its own heading, the page's finding above and the source line below; nothing else."""
    view = look_at("/", metrics=("killed",), embed=True, chart="map")
    whole = overview.layout(metric="killed")
    shown = alone(view, whole, heading_of(PAGES, view))
    assert [getattr(one, "data-chart") for one in parts(shown, "Figure")] == ["map"]
    assert parts(shown, "H1")[0].children == overview.heading(view).title
    assert [one.id for one in parts(shown, "P") if getattr(one, "id", "") == "source-line"] == ["source-line"]
    assert any(link.href == "/?metric=killed" for link in parts(shown, "A"))


@pytest.mark.parametrize("path,chart,title", [("/", "span-killed", "Killed · Civilians · "), ("/sources", "relays", "Who repeats whom")])
def test_a_chart_that_the_finding_does_not_tell_of_has_a_title_of_its_own(
    read: Read, parts: Parts, path: str, chart: str, title: str
) -> None:
    """It says what is counted, and of whom; the finding of the page would be taken for its."""
    shown = page_of(PAGES, {"path": path, "query": f"embed=1&chart={chart}"})
    assert read(parts(shown, "H1")[0]).startswith(title) and not parts(shown, "H2")
    assert [getattr(one, "data-chart") for one in parts(shown, "Figure")] == [chart]


def test_a_chart_that_is_not_there_is_a_sentence(read: Read) -> None:
    """A wrong name, or a page without charts, says so."""
    for query in ("embed=1&chart=weather", "embed=1"):
        path = "/" if "chart" in query else "/figures"
        assert "no such chart" in read(page_of(PAGES, {"path": path, "query": query}))


def test_only_one_chart_alone_may_be_framed_by_others(settings: Settings) -> None:
    """A page with things to press is framed by nobody else."""
    client: FlaskClient = create_app(settings).server.test_client()
    policies = [client.get(f"/compare{query}").headers["Content-Security-Policy"] for query in ("", "?embed=1", "?embed=0")]
    assert ["frame-ancestors *" in policy for policy in policies] == [False, True, False]


def test_the_situation_page_is_the_view_on_paper(look_at: Callable[..., View], read: Read, parts: Parts) -> None:
    """Spans, disagreements, who gave no number, one chart and the newest claims, all under the filters; one button prints it."""
    said = read(situation.layout(place="SY05"))
    for title in ("How far apart the claims are", "Where they disagree most", "The newest claims"):
        assert title in said
    assert situation.heading(look_at("/situation", places=("SY05",))).under == ("in Hama",)
    page = situation.layout(metric="killed")
    assert len(parts(page, "Figure")) == 1
    assert any(getattr(button, "data-print", None) == "" for button in parts(page, "Button"))
    assert any(link.href == "/situation?metric=killed" for link in parts(overview.layout(metric="killed"), "A"))


@pytest.mark.usefixtures("serving")
def test_the_situation_page_says_what_a_dash_stands_for(read: Read) -> None:
    """Where it has one: on paper nobody can ask why there is no number."""
    assert "A dash: single events" in read(situation.layout(kind="incident"))
    assert "A dash:" not in read(situation.layout(metric="killed", kind="cumulative"))


def test_without_a_browser_on_the_server_a_pdf_is_a_sentence(settings: Settings) -> None:
    """It says where to print instead, and the page then offers no such file."""
    app = create_app(settings)
    app.server.extensions[EXTENSION] = replace(app.server.extensions[EXTENSION], printer="")
    answer = app.server.test_client().get("/export/situation.pdf")
    assert answer.status_code == 501 and "/situation" in answer.text
    with app.server.test_request_context():
        assert "situation.pdf" not in str(situation.layout())


def test_a_browser_that_does_not_print_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    """Nor is half a file sent."""
    app = create_app(settings)
    app.server.extensions[EXTENSION] = replace(app.server.extensions[EXTENSION], printer=str(tmp_path / "none"))
    answer = app.server.test_client().get("/export/situation.pdf?metric=killed")
    assert answer.status_code == 503 and "Content-Disposition" not in answer.headers
