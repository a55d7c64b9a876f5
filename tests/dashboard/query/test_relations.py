"""Relays, behaviour and what no source lists, as the pages ask for them."""

from pathlib import Path

import pytest

from dashboard import query


@pytest.fixture(scope="module")
def lists(published_lists: Path) -> query.Snapshot:
    """A snapshot in which three monitors list incidents for a month and a wire repeats one of them."""
    return query.Snapshots(published_lists).open("syria-2024")


def test_edges_come_with_names_and_with_the_way_they_took(db: query.Snapshot) -> None:
    """Most figures first; the chain of organisations is in words, with its figures."""
    edges = query.relays(db)
    assert edges["figures"].is_monotonic_decreasing
    assert not (edges["publisher"] == edges["claimed_source"]).any()
    through = next(chains for chains in edges["chain_labels"] if chains)
    assert through[0][0] == "AFP" and through[0][1] > 0


def test_sources_stand_by_name_and_never_by_rank(lists: query.Snapshot) -> None:
    """Those that answer a question, in the order of their names in either language."""
    for lang in ("en", "ar"):
        labels = list(query.behaviour(lists, lang)["label"])
        assert labels == sorted(labels)
    rows = query.behaviour(lists).set_index("organisation")
    assert "afp" not in rows.index  # it answers nothing itself
    assert (rows.loc["sohr", "ratio"], rows.loc["sohr", "lag_hours"]) == (2.0, -3.0)
    assert rows.loc["white_helmets", "lag_hours"] == 6.0


def test_what_no_source_lists_is_read_from_the_incidents_alone(lists: query.Snapshot, db: query.Snapshot) -> None:
    """Thirty incidents on three lists, five of them on one alone, thirteen on two; a relay is no list; the small snapshot has no lists."""
    (found,) = query.undocumented(lists)
    assert found.lists == ("snhr", "sohr", "white_helmets")
    assert (found.listed, found.once, found.twice) == (30, 5, 13)
    assert found.bound is not None and found.bound.low < found.bound.least < found.bound.high
    assert query.organisation_names(lists, "en", found.lists)[0] == "Syrian Network for Human Rights"
    assert query.undocumented(db) == ()
