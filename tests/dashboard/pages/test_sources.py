"""The page of the sources: measures with their numbers, the graph of relays, and a switch that is off."""

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dash import Dash

from dashboard import query
from dashboard.app import create_app
from dashboard.pages import sources
from dashboard.shell import Screen
from ingest.compare.sources.undocumented import ASSUMPTIONS
from ingest.model.vocabulary import Freshness
from ingest.settings import Settings


@pytest.fixture(scope="module")
def lists_app(settings: Settings, tmp_path_factory: pytest.TempPathFactory, write_snapshot: Callable[..., Path]) -> Iterator[Dash]:
    """The app over a snapshot in which three monitors list incidents for a month."""
    data = tmp_path_factory.mktemp("lists")
    for name in ("crises", "gazetteer"):
        (data / name).symlink_to(settings.data / name)
    made = Settings(data=data, shipped=settings.shipped, crisis=settings.crisis, database="sqlite://")
    write_snapshot(made.published, lists=True)
    app = create_app(made)
    with app.server.test_request_context():
        yield app


@pytest.fixture(scope="module")
def waiting_app(settings: Settings, tmp_path_factory: pytest.TempPathFactory, write_snapshot: Callable[..., Path]) -> Dash:
    """The app over a snapshot in which every source waits for a setting."""
    data = tmp_path_factory.mktemp("waiting")
    for name in ("crises", "gazetteer"):
        (data / name).symlink_to(settings.data / name)
    made = Settings(data=data, shipped=settings.shipped, crisis=settings.crisis, database="sqlite://")
    folder = write_snapshot(made.published)
    waiting = "* REPLACE ('needs_settings' AS state, 'Needs it.' AS state_note, 'WATCH_KEY;WATCH_NAME' AS missing_settings)"
    duckdb.read_parquet(str(folder / "sources.parquet")).project(waiting).write_parquet(str(data / "sources"))
    (data / "sources").replace(folder / "sources.parquet")
    return create_app(made)


@pytest.mark.parametrize(
    "lang,told",
    [("en", "Needs WATCH_KEY, WATCH_NAME;"), ("ar", "يلزمه WATCH_KEY، WATCH_NAME؛"), ("fr", "Il lui faut WATCH_KEY, WATCH_NAME\u202f;")],
)
def test_a_state_is_told_in_the_language_of_the_page(waiting_app: Dash, lang: str, told: str) -> None:
    """What a source waits for is worded where it is shown; what was written in English says so."""
    assert told in said(waiting_app, lang=lang)
    with waiting_app.server.test_request_context():
        shown = str(sources.layout(Screen(), lang=lang))
    assert "Bdi(children='Paraphrases of publicly reported figures.', lang='en')" in shown


def said(app: Dash, **query: Any) -> str:
    """Every text of the page, in the order of the page."""
    with app.server.test_request_context():
        return " ".join(_texts(sources.layout(Screen(), **query)))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _texts(one)
    elif node is not None and not isinstance(node, int | float):
        yield from _texts(getattr(node, "children", None))


def test_each_measure_stands_with_what_is_behind_it(lists_app: Dash) -> None:
    """Ratio and interval with their questions; too few where there are fewer than five; no score anywhere."""
    page = said(lists_app)
    assert "2.00 × the others" in page and "2.00 to 2.00 · 22 questions" in page
    assert "3 h before" in page and "6 h after" in page
    assert "too few" in page
    assert "no score and no ranking" in page


def test_the_estimate_is_off_until_asked_for_and_never_without_what_must_hold(lists_app: Dash) -> None:
    """Off: the switch and one sentence. On: the counts, the interval, and every assumption."""
    off, on, arabic = said(lists_app), said(lists_app, undocumented="1"), said(lists_app, undocumented="1", lang="ar")
    assert "30 incidents listed" not in off and not any(one.en in off for one in ASSUMPTIONS)
    assert "30 incidents listed, 5 by one source alone, 13 by exactly two" in on
    assert all(one.en in on for one in ASSUMPTIONS)
    assert all(one.ar in arabic for one in ASSUMPTIONS)


def test_without_lists_the_estimate_says_so(app: Dash) -> None:
    """The small snapshot has no two lists of incidents."""
    assert "nothing can be told" in said(app, undocumented="1")


def test_relays_are_counted_and_have_no_vote(lists_app: Dash) -> None:
    """The sentence says how many figures repeat somebody else's count; the table tells the way each took."""
    page = said(lists_app)
    assert "figures repeat a count that somebody else made" in page
    assert "it has one vote" in page
    assert "AFP" in page


def test_a_source_without_news_for_long_says_so(app: Dash) -> None:
    """By its own cadence, with the time of its last new report; one that never had any says nothing of it."""
    assert said(app).count("Long overdue; last new report") == 1
    assert "متأخر كثيراً؛ آخر تقرير جديد" in said(app, lang="ar")


def test_freshness_is_of_the_moment_it_is_asked_for(db: query.Snapshot) -> None:
    """The same snapshot is fresh when it is made and overdue days later."""
    changed = db.rows("SELECT changed_at FROM published_sources WHERE source = 'reliefweb'")[0][0].replace(tzinfo=UTC)
    assert query.lateness(db, changed + timedelta(hours=1)) == {"reliefweb": Freshness.FRESH}
    assert query.lateness(db, changed + timedelta(hours=50)) == {"reliefweb": Freshness.OVERDUE}


def test_sources_not_tried_yet_are_folded_under_their_number(
    settings: Settings, tmp_path: Path, write_snapshot: Callable[..., Path], parts: Callable[..., list[Any]]
) -> None:
    """Every source is a card; those never asked and those that wait for a setting are opened on demand, and no other; none is counted
    as read.
    """
    for name in ("crises", "gazetteer"):
        (tmp_path / name).symlink_to(settings.data / name)
    made = Settings(data=tmp_path, shipped=settings.shipped, crisis=settings.crisis, database="sqlite://")
    folder = write_snapshot(made.published)
    t = duckdb.read_parquet(str(folder / "sources.parquet"))
    never = "NULL::TIMESTAMP AS last_success_at, 0 AS figures"
    untried = t.project(f"* REPLACE (if(state = 'failing', state, 'never_run') AS state, {never})")
    unset = t.filter("state <> 'failing'").project(f"* REPLACE ('keyed_' || source AS source, 'needs_settings' AS state, {never})")
    untried.union(unset).write_parquet(str(tmp_path / "sources"))
    failing = len(t.filter("state = 'failing'").project("source").fetchall())
    (tmp_path / "sources").replace(folder / "sources.parquet")
    with create_app(made).server.test_request_context():
        page = sources.layout(Screen())
    cards = [one.className for one in parts(page, "Li") if str(getattr(one, "className", "")).startswith("connector ")]
    folds = [one for one in parts(page, "Details") if str(getattr(one, "className", "")).endswith(("never-run", "needs-settings"))]
    inside = [[one.className for one in parts(fold, "Li")] for fold in folds]
    assert inside == [[one for one in cards if one.endswith(state)] for state in ("needs_settings", "never_run")]
    assert all(inside) and len(cards) == sum(map(len, inside)) + failing
