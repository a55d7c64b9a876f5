"""One voice over time: relays, revisions, edited pages, late relays and first reports against verified counts."""

EVERYONE = {"group_status": "mixed_total"}


def codes(found):
    """The codes, sorted."""
    return sorted(found["code"])


def test_two_publishers_of_one_count_are_a_relay_and_one_voice(claim, verdicts):
    """Three wires carrying 242 give two relays of one claim, and no agreement."""
    wires = [claim("sohr", 242, publisher=wire, id=wire, as_of=(11, 29)) for wire in ("afp", "dpa", "efe")]
    found = verdicts(wires)
    assert codes(found) == ["relay", "relay"]
    assert set(found["first_difference"]) == {"independence"}


def test_rows_that_share_a_claim_are_citations_of_the_first(claim, verdicts):
    """However the relays word the place, rows of one claim identity are compared with others once."""
    rows = [
        claim("sohr", 242, id="a", claim_id="c1"),
        claim("sohr", 242, "", id="b", claim_id="c1", publisher="afp"),
        claim("sohr", 242, "IDL", id="c", claim_id="c1", publisher="dpa"),
        claim("snhr", 100, id="d", claim_id="c2"),
    ]
    assert codes(verdicts(rows)) == ["contradiction_strong", "relay", "relay"]


def test_a_relay_that_words_the_place_differently_is_still_a_relay(claim, code):
    """Four dead at the university and, at another publisher, in the city; 44 with and without the place."""
    day = {"on": (11, 29)}
    assert code(claim("sana", 4, "university", **day), claim("sana", 4, "aleppo-city", publisher="afp", **day)) == "relay"
    assert code(claim("sana", 44), claim("sana", 44, "", publisher="afp")) == "relay"


def test_a_late_relay_is_no_falling_total(claim, verdicts):
    """242 passed on two days late, after 311 was published, repeats the earlier claim; the series goes from 242 to 311."""
    rows = [
        claim("sohr", 242, id="a", as_of=(11, 29)),
        claim("sohr", 311, id="b", as_of=(11, 30)),
        claim("sohr", 242, id="c", publisher="afp", as_of=(12, 1), as_of_inferred=True),
    ]
    assert codes(verdicts(rows)) == ["relay", "revision"]


def test_a_rounding_of_one_day_is_a_distortion_in_words(claim, code):
    """ "More than 500" beside 514 on one day is the same count in other words; beside 417 of the day before it is a revision."""
    assert code(claim("sohr", 514, publisher="afp"), claim("sohr", "more than 500", publisher="dpa")) == "relay_distortion"
    assert code(claim("sohr", 417), claim("sohr", "more than 500", publisher="dpa", as_of=(12, 2))) == "revision"
    assert code(claim("sohr", 417), claim("sohr", "more than 400", publisher="dpa", as_of=(12, 2))) == "relay_distortion"
    assert code(claim("sohr", 417), claim("sohr", "more than 400", as_of=(12, 2))) == ""


def test_two_totals_of_one_day_at_two_publishers_are_taken_to_rise(claim, verdicts):
    """231 and 242 on one day: nothing says which came first, and a running total rises."""
    (verdict,) = verdicts([claim("sohr", 242, publisher="afp"), claim("sohr", 231, publisher="europapress")]).itertuples()
    assert verdict.code == "revision"
    assert verdict.sentence_en.index("231") < verdict.sentence_en.index("242")


def test_counts_of_different_days_are_not_revisions_of_one_another(claim, code):
    """25 on one day and 11 on the next are two days."""
    assert code(claim("sohr", 25, kind="daily", on=(12, 1)), claim("sohr", 11, kind="daily", on=(12, 2))) == ""
    assert code(claim("sohr", 25, kind="rate_24h"), claim("sohr", 11, kind="rate_24h", as_of=(12, 2))) == ""


def test_one_voices_own_breakdown_is_not_a_discrepancy(claim, verdicts):
    """Totals, days, killed, injured and groups of one source stand beside one another."""
    rows = [
        claim("sohr", 100, **EVERYONE),
        claim("sohr", 60),
        claim("sohr", 40, group_status="combatant"),
        claim("sohr", 150, metric="killed_or_injured", **EVERYONE),
        claim("sohr", 12, kind="daily", on=(12, 1)),
        claim("sohr", 3, "idlib-city", on=(12, 1)),
    ]
    assert verdicts(rows).empty


def test_one_voice_under_two_places_is_named_a_difference_of_place(claim, code):
    """Two numbers of one agency for one day, for two areas, in two documents."""
    assert code(claim("ocha", 69), claim("ocha", 44, "IDL", publisher="reliefweb")) == "different_scope_place"


def test_an_edited_page_revises_its_figure(claim, verdicts):
    """The figure that a later edition replaced is compared with its successor only."""
    rows = [
        claim("sohr", 44, id="old"),
        claim("sohr", 47, id="new", supersedes="old", published=(12, 2)),
        claim("snhr", 47, id="other"),
    ]
    found = verdicts(rows)
    assert codes(found) == ["agreement", "revision"]
    assert set(found[found["code"] == "agreement"][["figure_a", "figure_b"]].iloc[0]) == {"new", "other"}
    rows[1] |= {"value_low": 40, "value_best": 40, "value_high": 40}
    assert "revision_decrease" in codes(verdicts(rows))
    rows[1] |= {"value_low": 44, "value_best": 44, "value_high": 44}
    assert codes(verdicts(rows)) == ["contradiction_strong"]


def test_a_verified_count_revises_the_first_report_of_its_day(claim, verdicts):
    """What the same voice verified later is a revision whichever way it moved, and first reports are their own series."""
    rows = []
    for day, flash, verified in ((1, 198, 207), (2, 205, 204), (3, 210, 216)):
        rows.append(claim("ocha", flash, id=f"flash{day}", as_of=(12, day), published=(12, day)))
        rows.append(
            claim(
                "ocha", verified, id=f"checked{day}", as_of=(12, day), published=(12, 9), verification="un_verified", publisher="database"
            )
        )
    found = verdicts(rows)
    assert set(found["code"]) == {"revision", "revision_decrease"}
    assert list(found[found["code"] == "revision_decrease"]["value_b"]) == ["204"]
    assert sum(found["rule"].str.startswith("revision.verified")) == 3


def test_several_incidents_of_one_day_and_town_are_matched_by_number_only(claim, verdicts):
    """Two strikes of 6 and 10 by one tracker, 6 and 12 by another: the sixes agree, and nothing is said of the rest."""

    def strikes(source, *dead):
        return [claim(source, value, "IDL", id=f"{source}{value}", on=(12, 1), document_id=source) for value in dead]

    found = verdicts(strikes("sohr", 6, 10) + strikes("snhr", 6, 12))
    assert codes(found) == ["agreement"]
    assert set(found["value_a"]) == {"6"}
    assert codes(verdicts(strikes("sohr", 6) + strikes("snhr", 12))) == ["contradiction_strong"]
    assert codes(verdicts(strikes("sohr", 6, 10) + strikes("snhr", 12))) == []


def test_a_verified_count_that_equals_the_first_report_agrees_with_it(claim, verdicts):
    """The voice checked its number and found the same: one voice, told as such, and set beside another voice once."""
    checked = claim("ocha", 44, id="checked", claim_id="c", verification="verified_by_claimed_source")
    rows = [claim("ocha", 44, id="report", claim_id="c"), checked]
    (verdict,) = verdicts(rows).itertuples()
    assert (verdict.code, verdict.first_difference) == ("agreement", "independence")
    assert verdict.sentence_en.startswith("OCHA checked its own count and found the same")
    both = verdicts([*rows, claim("snhr", 44)])
    assert list(both["code"]) == ["agreement", "agreement"]
    relayed = claim("ocha", 44, id="wire", claim_id="c", publisher="afp", verification="second_hand")
    assert list(verdicts([relayed, checked])["code"]) == ["relay"]


def test_two_events_that_a_database_keeps_apart_are_no_revision(claim, verdicts):
    """500 and 200 people of two records of one town and window are two movements; a record told anew is an edition of itself."""
    moved = {"metric": "newly_displaced", "group_status": "unstated", "kind": "period", "as_of": (12, 3), "extractor_version": "record/1"}
    first = claim("idmc", 500, "idlib-city", id="one", **moved)
    for change in ({}, {"since": (11, 28)}, {"published": (12, 6)}):
        assert verdicts([first, claim("idmc", 200, "idlib-city", id="two", **(moved | change))]).empty
    of_text = moved | {"extractor_version": "1"}
    told = [claim("idmc", 500, "idlib-city", id="one", **of_text), claim("idmc", 200, "idlib-city", id="two", **of_text)]
    assert list(verdicts(told)["code"]) == ["revision_decrease"]
    edition = claim("idmc", 200, "idlib-city", id="two", supersedes="one", **moved)
    assert list(verdicts([first, edition])["code"]) == ["revision_decrease"]
    beside = claim("ocha", 700, "idlib-city", id="other", **of_text)
    assert verdicts([first, claim("idmc", 200, "idlib-city", id="two", **moved), beside]).empty
    incident = {"on": (12, 1), "extractor_version": "record/1"}
    assert verdicts([claim("ucdp", 5, "ariha", id="a", **incident), claim("ucdp", 3, "ariha", id="b", **incident)]).empty
