"""Who repeats whom: edges counted, held against the source's own words, timed, and traced through those named in between."""

from datetime import UTC, datetime

import pytest

from ingest.compare import relays


@pytest.fixture(scope="session")
def edges(figures, verdicts):
    """The edges of a list of claims, by publisher and source."""

    def found(rows):
        table = relays(figures(rows), verdicts(rows))
        return {(row.publisher, row.claimed_source): row for row in table.itertuples()}

    return found


def test_an_edge_leads_from_a_publisher_to_the_named_source_it_repeats(claim, edges):
    """What a source publishes itself, and what nobody with a name said, is no relay; what a text repeats of itself counts once."""
    rows = [
        claim("sohr", 40, id="own"),
        claim("sohr", 40, publisher="afp", id="first"),
        claim("sohr", 12, "HAM", publisher="afp", id="second"),
        claim("sohr", 12, "HAM", publisher="afp", id="again", restates="second"),
        claim("anonymous_local", 3, "ariha", publisher="afp", on=(12, 1)),
    ]
    ((key, edge),) = edges(rows).items()
    assert key == ("afp", "sohr")
    assert (edge.figures, edge.claims, edge.examples) == (2, 2, "first;second")


def test_citations_of_one_claim_are_one_claim_of_the_edge(claim, edges):
    """Two articles of one paper carry the same count."""
    rows = [claim("sohr", 40, publisher="afp", claim_id="c", id=f"f{n}", published=(12, n)) for n in (2, 3)]
    edge = edges(rows)["afp", "sohr"]
    assert (edge.figures, edge.claims) == (2, 1)
    assert (edge.first_published_at.day, edge.last_published_at.day) == (2, 3)


def test_the_words_of_the_source_decide_what_is_faithful(claim, edges):
    """One paper passes the number on, two misquote it; that the two agree with each other does not make them right."""
    said = {"sohr": 40, "afp": 40, "dpa": 44, "trt": 44}
    rows = [claim("sohr", number, "ariha", on=(12, 1), publisher=publisher) for publisher, number in said.items()]
    found = edges(rows)
    assert {publisher: kept(edge) for (publisher, _), edge in found.items()} == {"afp": (1, 0, 0), "dpa": (0, 1, 0), "trt": (0, 1, 0)}
    assert (found["afp", "sohr"].faithful_share, found["dpa", "sohr"].faithful_share) == (1.0, 0.0)


def test_without_the_source_the_one_that_stands_alone_is_distorted_and_two_that_differ_are_unsettled(claim, edges):
    """Three papers, two of which say the same; then two that differ, of which nobody knows which is right; then one alone."""
    day = {"on": (12, 1)}
    three = [claim("sohr", number, "ariha", publisher=publisher, **day) for publisher, number in (("afp", 8), ("dpa", 8), ("trt", 9))]
    found = {publisher: kept(edge) for (publisher, _), edge in edges(three).items()}
    assert found == {"afp": (1, 0, 0), "dpa": (1, 0, 0), "trt": (0, 1, 0)}
    two = {publisher: kept(edge) for (publisher, _), edge in edges(three[1:]).items()}
    assert two == {"dpa": (0, 0, 1), "trt": (0, 0, 1)}
    alone = edges(three[:1])["afp", "sohr"]
    assert kept(alone) == (0, 0, 0)
    assert alone.faithful_share != alone.faithful_share  # nothing to hold it against


def test_lateness_is_told_from_the_sources_own_publication_only(claim, edges):
    """Four hours after the source; not known where its own page was not read, or was read with a later date."""
    at = {"afp": datetime(2024, 12, 1, 16, tzinfo=UTC), "dpa": datetime(2024, 12, 1, 10, tzinfo=UTC)}
    rows = [claim("sohr", 8, "ariha", on=(12, 1), id="own")]
    rows += [claim("sohr", 8, "ariha", on=(12, 1), publisher=publisher, published_at=moment) for publisher, moment in at.items()]
    found = edges(rows)
    assert (found["afp", "sohr"].timed, found["afp", "sohr"].lag_hours) == (1, 4.0)
    assert found["dpa", "sohr"].timed == 0
    without = edges(rows[1:])
    assert without["afp", "sohr"].timed == 0
    assert without["afp", "sohr"].lag_hours != without["afp", "sohr"].lag_hours


def test_a_misquote_is_late_by_the_number_it_misquotes(claim, edges):
    """The wrong number has no original, but the number it stands for has."""
    rows = [
        claim("sohr", 8, "ariha", on=(12, 1), id="own"),
        claim("sohr", 9, "ariha", on=(12, 1), publisher="afp", published_at=datetime(2024, 12, 1, 15, tzinfo=UTC)),
    ]
    edge = edges(rows)["afp", "sohr"]
    assert (edge.distorted, edge.lag_hours) == (1, 3.0)


def test_chains_are_those_named_in_between_with_their_figures(claim, edges):
    """Four figures: two through one wire, one through two, one with nobody named; a name that stands twice counts once."""
    via = ("dpa", "dpa;dpa", "dpa;aa", "")
    rows = [claim("sohr", 40 + n, publisher="trt", as_of=(12, n + 1), relayed_via=chain) for n, chain in enumerate(via)]
    assert edges(rows)["trt", "sohr"].chains == "dpa=2;dpa>aa=1"


def test_what_was_replaced_or_rejected_is_passed_on_no_more(claim, edges):
    """Neither a former edition nor a reading a person rejected."""
    gone = datetime(2024, 12, 3, tzinfo=UTC)
    rows = [claim("sohr", 40, publisher="afp", superseded_at=gone), claim("sohr", 41, publisher="dpa", review="rejected")]
    assert edges(rows) == {}


def kept(edge):
    """Faithful, distorted, unsettled."""
    return edge.faithful, edge.distorted, edge.unsettled
