"""Verdicts under other rules: compared anew from the snapshot's own figures, and exactly the published ones where nothing changed."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard import query
from dashboard.query import rules
from dashboard.query.snapshots import KEPT
from dashboard.query.views import ruled
from dashboard.state import Filters
from ingest import settings as configuration
from ingest.compare import Rules
from ingest.model.crisis import load_crisis, load_organisations
from ingest.pipeline.assembly import assembled
from ingest.pipeline.sample import load_sample
from tests.dashboard.tables import tabled

NOW = datetime(2025, 1, 2, tzinfo=UTC)
SOFTER = Filters(rules=("soft_share:10",))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> query.Snapshot:
    """The built-in scenario, published by the program itself."""
    settings = configuration.load({}, tmp_path_factory.mktemp("data"))
    with assembled(settings, lambda: NOW) as pipeline:
        load_sample(pipeline, lambda *_: None)
        pipeline.publish()
    crisis = load_crisis(settings.crisis_file, load_organisations(settings.organisations_file))
    return query.Snapshots(settings.published, crisis.labels).open(settings.crisis)


def _codes(db: query.Snapshot, filters: Filters) -> dict[str, int]:
    return dict(query.discrepancy_counts(db, filters))


def test_the_published_rules_give_exactly_the_published_verdicts(real: query.Snapshot) -> None:
    """Every column of every verdict, compared anew from the published figures, is what was published."""
    name = real.made("again", lambda: (rules._compared(real, rules.published_rules(real), "true", {}), ruled("given")))
    order = "ORDER BY discrepancy_id"
    published, again = real.frame(f"FROM discrepancies {order}"), real.frame(f"FROM {name} {order}")
    assert len(published) > 100
    pd.testing.assert_frame_equal(again, published)


@pytest.mark.parametrize("under", [Filters(), SOFTER], ids=["published", "anew"])
def test_chosen_figures_have_the_verdicts_among_them(real: query.Snapshot, under: Filters) -> None:
    """Those both sides of which are chosen and no others, whatever the rules; one figure alone has none."""
    verdicts = real.frame(f"FROM {query.verdicts(real, under)} ORDER BY discrepancy_id")
    pairs = list(zip(*(verdicts[name] for name in ("discrepancy_id", "figure_a", "figure_b")), strict=True))
    chosen = tuple(sorted({figure for _, *sides in pairs[:3] for figure in sides}))
    among = {identity for identity, *sides in pairs if set(sides) <= set(chosen)}
    found = replace(under, only=chosen, size=100)
    assert 3 <= len(among) < len(pairs)
    assert set(tabled(query.discrepancies_page(real, found))["discrepancy_id"]) == among
    assert query.discrepancies_count(real, found) == len(among)
    assert query.discrepancies_count(real, replace(found, only=chosen[:1])) == 0


def test_a_changed_rule_changes_what_is_shown_and_says_so(real: query.Snapshot) -> None:
    """Softer rules turn soft contradictions into other verdicts, everywhere verdicts are counted; every row names those rules."""
    found = query.applied(real, SOFTER)
    assert [(one.name, one.published, one.now) for one in found.changes] == [("soft_share", "0.25", "10")]
    assert (found.claims, found.part) == (real.manifest.rows["figures"], False)
    before, after = _codes(real, Filters()), _codes(real, SOFTER)
    assert after.get("contradiction_soft", 0) < before["contradiction_soft"]
    assert query.discrepancies_count(real, SOFTER) == sum(after.values())
    page = tabled(query.discrepancies_page(real, SOFTER))
    assert set(page["rule"].str.split("/").str[1]) == {replace(rules.published_rules(real), soft_share=10.0).version}
    assert tabled(query.by_place(real, SOFTER))["contradictions"].sum() < tabled(query.by_place(real, Filters()))["contradictions"].sum()


def test_a_rule_set_to_its_published_value_changes_nothing(real: query.Snapshot) -> None:
    """Nothing is compared anew, and nothing is said to be changed."""
    found = query.applied(real, Filters(rules=("soft_share:0.25",)))
    assert (found.changes, found.table, found.claims) == ((), rules.PUBLISHED, 0)


def test_a_value_a_rule_cannot_have_costs_only_itself(real: query.Snapshot) -> None:
    """The other rule is applied, and the refused one is told."""
    found = query.applied(real, Filters(rules=("soft_share:10", "soft_gap:x")))
    assert [one.name for one in found.changes] == ["soft_share"]
    assert [(one.name, one.now, one.wrong) for one in found.refused] == [("soft_gap", "x", True)]


def test_downloads_carry_the_changed_rules(real: query.Snapshot) -> None:
    """The rows are those shown, each names its rules, and the zip says which were changed; other rules, another tag."""
    anew, published = (query.Download(real, "discrepancies", view) for view in (SOFTER, Filters()))
    lines = b"".join(query.FORMS["csv"].make(anew)).decode().splitlines()
    assert len(lines) == query.discrepancies_count(real, SOFTER) + 1
    version = query.applied(real, SOFTER).rules.version
    assert all(version in line for line in lines[1:])
    packed = zipfile.ZipFile(io.BytesIO(b"".join(query.FORMS["zip"].make(anew))))
    assert "soft_share = 10 (published with 0.25)" in packed.read("CITATION.txt").decode()
    assert "not the published verdicts" not in query.about(published).text()
    assert query.etag(anew, "csv") != query.etag(published, "csv")


def test_of_a_large_snapshot_only_what_the_filters_reach_is_compared(real: query.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer claims than there are, and the same verdict on every pair of the chosen metric and days that both hold; else a refusal."""
    everything = real.manifest.rows["figures"]
    monkeypatch.setattr(rules, "MOST", everything - 1)
    near = replace(SOFTER, metrics=("killed",), date_from=date(2024, 12, 1), date_to=date(2024, 12, 2))
    part = query.applied(real, near)
    assert part.part and 0 < part.claims < everything
    there = replace(near, places=("SY07",))
    assert query.applied(real, there).claims < part.claims
    pages = {
        filters: set(tabled(query.discrepancies_page(real, replace(filters, size=200)))["discrepancy_id"]) for filters in (near, there)
    }
    monkeypatch.setattr(rules, "MOST", 100_000)
    whole = query.Snapshots(real.folder.parent.parent, lambda: real.sides).open(real.crisis)
    for filters, chosen in pages.items():
        assert chosen == set(tabled(query.discrepancies_page(whole, replace(filters, size=200)))["discrepancy_id"]) != set()
    monkeypatch.setattr(rules, "MOST", 10)
    refused = query.applied(real, SOFTER)
    assert refused.too_many and refused.table == rules.PUBLISHED and refused.rules == rules.published_rules(real)


def test_a_snapshot_that_does_not_say_its_rules_has_those_of_the_program(db: query.Snapshot) -> None:
    """Snapshots made before rules were noted are read with the defaults."""
    assert rules.published_rules(db) == Rules()


def test_related_metrics_go_along() -> None:
    """A part is compared with its whole, so both are within reach of either."""
    assert rules._related(("injured",)) == {"killed", "injured", "killed_or_injured"}
    assert rules._related(("detained",)) == {"detained"}


def test_the_last_tables_asked_for_are_kept(db: query.Snapshot, published: Path) -> None:
    """Another set of rules makes another table; the oldest goes, and is made again when asked for."""
    fresh = query.Snapshots(published).open(db.crisis)
    made: list[str] = []

    def make(name: str) -> Callable[[], tuple[pd.DataFrame, str]]:
        return lambda: (made.append(name), (pd.DataFrame({"n": [1]}), "SELECT * FROM given"))[1]

    for number in range(KEPT + 1):
        fresh.made(f"t{number}", make(f"t{number}"))
    fresh.made(f"t{KEPT}", make("again"))
    fresh.made("t0", make("t0 again"))
    assert made[-1] == "t0 again" and "again" not in made
    assert fresh.rows('SELECT n FROM "t0"') == [(1,)]
