"""From a mark to its sentence, and what there is to choose from."""

from datetime import date

from dashboard import query
from dashboard.query.labels import party_label


def test_the_sentence_is_split_at_the_number(db: query.Snapshot) -> None:
    """The number stands where the document has it."""
    found = query.evidence(db, "f-r6b")
    assert found is not None
    assert found.quote == query.Quote("The Observatory’s figure of 514 includes ", "at least 267", " rebels.")
    assert found.document["document_id"] == found.figure["document_id"]


def test_a_claim_without_a_number_keeps_its_sentence(db: query.Snapshot) -> None:
    """Nothing is highlighted, nothing is lost."""
    found = query.evidence(db, "f-m3")
    assert found is not None
    assert found.quote.number == ""
    assert found.quote.before.endswith("gives no count.")


def test_the_chain_runs_from_voice_to_page(db: query.Snapshot) -> None:
    """Claimed source, relays in order, publisher; who publishes itself is named once."""
    relayed = query.evidence(db, "f-s6b")
    assert relayed is not None
    assert [(link.role, link.organisation) for link in relayed.chain] == [
        ("claimed_source", "sohr"),
        ("relay", "afp"),
        ("publisher", "dpa"),
    ]
    assert relayed.chain[0].definition.startswith("Counts everyone")
    own = query.evidence(db, "f-o1")
    assert own is not None
    assert [link.role for link in own.chain] == ["claimed_source"]


def test_parts_parents_citations_and_verdicts_are_beside_it(db: query.Snapshot) -> None:
    """A reader sees what a figure is part of, its parts, who else carries it, and its verdicts with the other side."""
    total = query.evidence(db, "f-s6")
    assert total is not None
    assert {part["figure_id"] for part in total.parts} == {"f-c6", "f-r6", "f-g6"}
    assert {row["figure_id"] for row in total.citations} == {"f-s6b"}
    part = query.evidence(db, "f-r6")
    assert part is not None
    assert part.parent is not None
    assert part.parent["figure_id"] == "f-s6"
    assert [(v["code"], v["other_figure"], f"{v['other_source']}: {v['other_value']}") for v in part.discrepancies] == [
        ("relay_distortion", "f-r6b", "SOHR: at least 267")
    ]


def test_a_claim_is_told_as_a_sentence_in_each_language(db: query.Snapshot) -> None:
    """The same words a verdict on it would have; a claim without a number has none."""
    told = {lang: found.told for lang in ("en", "ar", "fr") if (found := query.evidence(db, "f-o2", lang)) is not None}
    assert told == {
        "en": "OCHA reports at least 44 civilians killed in North-west Syria since 26 November, as of 1 December 2024",
        "ar": (
            "بحسب مكتب تنسيق الشؤون الإنسانية: مقتل ما لا يقل عن 44 مدنياً في حلب وإدلب منذ 26 تشرين الثاني/نوفمبر"
            " وحتى 1 كانون الأول/ديسمبر 2024"
        ),
        "fr": "OCHA\u00a0: au moins 44 civils tués dans la zone «\u202fNorth-west Syria\u202f» depuis le 26 novembre, au 1er décembre 2024",
    }
    assert (nothing := query.evidence(db, "f-m3")) is not None and nothing.told == ""


def test_who_is_held_responsible_is_named_or_quoted() -> None:
    """A side of the conflict by its label in the reader's language, any other wording as a quotation, nobody as nothing."""
    sides = {"crown": {"en": "Crown forces", "fr": "Forces de la Couronne"}}
    said = [party_label(word, lang, sides) for word, lang in (("crown", "en"), ("crown", "fr"), ("a militia", "fr"), ("", "en"))]
    assert said == ["Crown forces", "Forces de la Couronne", "«\u202fa militia\u202f»", ""]


def test_an_unknown_figure_has_no_evidence(db: query.Snapshot) -> None:
    """An old address of a figure that is gone is answered with nothing, not an error."""
    assert query.evidence(db, "f-nowhere") is None
    assert query.passage(db, "f-nowhere") is None


def test_figures_have_evidence(db: query.Snapshot, figure_columns: tuple[str, ...]) -> None:
    """Rows open, with every published column and their number inside their quote."""
    for (figure,) in db.rows("SELECT figure_id FROM figures ORDER BY figure_id")[::4]:
        found, read = query.evidence(db, figure, "ar"), query.passage(db, figure, "ar")
        assert found is not None and read is not None
        assert (read.figure, read.document, read.quote) == (found.figure, found.document, found.quote)
        assert set(figure_columns) <= set(found.figure)
        assert "".join((found.quote.before, found.quote.number, found.quote.after)) == found.figure["quote"]


def test_choices_are_what_the_snapshot_holds(db: query.Snapshot) -> None:
    """Only metrics, voices and places that have rows are offered, with counts, places under their division."""
    facets = query.facets(db)
    assert {option.value for option in facets.metrics} >= {"killed", "newly_displaced"}
    assert sum(option.count for option in facets.metrics) == 83
    sections = {option.value: option.section for option in facets.places}
    assert sections["C3871"] == "Idleb"
    assert sections["SY07"] == ""
    assert {option.section for option in facets.sources if option.value == "sohr"} == {"Monitors"}
    assert (facets.first_day, facets.last_day) == (date(2024, 11, 1), date(2024, 12, 28))


def test_freshness_says_who_could_not_be_reached(db: query.Snapshot) -> None:
    """The snapshot's own time, its newest report, what it holds, which sources fail."""
    fresh = query.freshness(db)
    assert fresh.sources_failing == ("ReliefWeb",)
    assert (fresh.figures, fresh.sources_ok, fresh.second_hand) == (83, 1, 1.0)
    assert fresh.claims < fresh.figures
    assert fresh.published_at.tzinfo is not None


def test_registers_are_tables(db: query.Snapshot) -> None:
    """Sources with those in trouble first, organisations by claims, places with labels, runs."""
    assert list(query.sources(db)["source"]) == ["reliefweb", "sample"]
    assert query.organisations(db)["organisation"].iloc[0] == "sohr"
    assert "إدلب" in set(query.places(db, "ar")["label"])
    assert list(query.runs(db)["run_id"]) == ["r1", "r2"]
