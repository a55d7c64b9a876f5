"""What a reading says besides number and metric: whose claim, about whom, where, when, how sure."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import explain, read
from ingest.extract.read import numbered
from ingest.model.vocabulary import Age, GroupStatus, Kind, PartOf, Qualifier, ValueStatus
from ingest.text.normalise import fold_digits
from tests.quality.exland import document


def test_each_sentence_has_its_own_voice(figures):
    """Two counts by two voices stay two claims, and the publisher speaks where nobody is named."""
    first, second, third = figures("Exland Watch said nine people had died. State media put the toll at five.\n\nTwo more were wounded.")
    assert [f.claimed_source for f in (first, second, third)] == ["watch", "crown_news", "herald"]


def test_a_pronoun_is_the_last_voice_named(figures):
    """“The group added” goes on with the group, not with the publisher."""
    later = figures("Exland Watch said nine people had died in Stonebridge. The group added that four were wounded.")[1]
    assert later.claimed_source == "watch"


def test_a_voice_that_quotes_another_is_its_relay(figures):
    """“State media, quoting a military source, said” claims for the source and relays through the media."""
    (figure,) = figures("State media, quoting a military source, said three soldiers were killed.")
    assert (figure.claimed_source, figure.relayed_via) == ("military_source", ("crown_news",))


def test_sides_come_from_the_crisis(figures):
    """The crisis file says whose fighters “crown troops” are, and a claim by their own media is about own losses."""
    (figure,) = figures("Crown News said two crown troops were killed.")
    assert (figure.group_status, figure.group_side, figure.interest) == (GroupStatus.COMBATANT, "crown", "own_losses")


def test_a_party_counting_its_enemy_is_kept_in_its_lane(figures):
    """A belligerent's claim about its enemy's dead is marked as one."""
    (figure,) = figures("Crown News said 40 league fighters were killed.")
    assert figure.interest == "enemy_losses"


def test_who_did_it_is_what_the_text_says(figures):
    """The perpetrator is the side that the sentence names as doing it."""
    (figure,) = figures("Four civilians were killed by crown forces in Harrowdale.")
    assert figure.perpetrator == "crown"


def test_a_part_has_the_place_time_and_voice_of_its_whole(figures):
    """“Including two children” is not told again where, when and by whom."""
    whole, part = figures("On 12 June, seven people, including two children, were killed in Stonebridge, Exland Watch said.")
    assert (part.parent_figure_id, part.part_of) == (whole.figure_id, PartOf.SUBSET)
    assert (part.place_id, part.event_start, part.claimed_source) == (whole.place_id, date(2024, 6, 12), "watch")
    assert (part.group_age, whole.group_age) == (Age.CHILD, None)


def test_parts_named_civilian_and_combatant_make_a_mixed_total(figures):
    """A total of both is marked as such."""
    total = figures("The war has killed 90 people since May: 60 fighters and 30 civilians.")[0]
    assert (total.group_status, total.parts_complete) == (GroupStatus.MIXED_TOTAL, True)


def test_places_are_resolved_with_the_words_around_them(figures):
    """A town is a town, and a list of provinces is an area without a point."""
    town = figures("Three people were killed in Stonebridge.")[0]
    assert (town.place_id, town.adm1_id, town.lat) == ("C1", "XX01", 11.2)
    area = figures("Three people were killed in Northmark and Southmark provinces.")[0]
    assert (area.coverage_area, area.lat) == (("XX01", "XX02"), None)


def test_weekdays_and_yesterday_are_days_before_publication(figures):
    """The report is of Saturday 15 June 2024."""
    assert figures("On Wednesday, two people were killed.")[0].event_start == date(2024, 6, 12)
    assert figures("Yesterday two people were killed.")[0].event_start == date(2024, 6, 14)


def test_since_opens_a_window_and_the_last_day_does_not(figures):
    """Cumulative, rolling and stock values are told apart."""
    since = figures("Since 2 May, 400 people have been killed.")[0]
    assert (since.kind, since.window_start, since.window_end) == (Kind.CUMULATIVE, date(2024, 5, 2), date(2024, 6, 15))
    assert figures("Twelve people were killed in the past 24 hours.")[0].kind is Kind.RATE_24H
    stock = figures("As of 3 June, 84,000 IDPs were living in the district.")[0]
    assert (stock.kind, stock.as_of, stock.as_of_inferred) == (Kind.STOCK, date(2024, 6, 3), False)


def test_an_old_year_in_the_lead_opens_no_window(figures):
    """“For the first time since 2016” dates nothing that is counted."""
    later = figures("League fighters entered Stonebridge for the first time since 2016. Dozens of fighters were killed.")
    assert [f.kind for f in later] == [Kind.INCIDENT]


def test_households_are_never_silently_people(figures):
    """A count of families keeps its unit."""
    (figure,) = figures("Some 3,000 families fled Harrowdale.")
    assert (figure.unit, figure.value_best, figure.persons_est_low) == ("household", 3000, None)


def test_a_claim_without_number_is_kept_but_carries_none(reader, figures):
    """“Residents fled” matters to silence and is no figure."""
    (figure,) = figures("Residents fled Stonebridge.")
    assert (figure.value_status, figure.value_low, figure.value_best) == (ValueStatus.NO_NUMBER, None, None)
    assert not numbered(explain("Residents fled Stonebridge.", reader))


def test_how_it_was_counted_is_what_the_sentence_says(figures):
    """Registered, estimated, verified: only where the text says so, and not where it says not yet."""
    assert figures("Over 20,000 displaced families were registered.")[0].counting_basis == "registered"
    assert figures("OCHA estimates that 5,000 people were displaced.")[0].counting_basis == "estimate_expert"
    assert figures("OCHA has verified that 12 civilians were killed.")[0].verification == "un_verified"
    assert figures("OCHA could not verify that 12 civilians were killed.")[0].verification != "un_verified"


def test_a_headline_is_restated_not_counted_twice(figures):
    """The lead repeats the headline's number; a new number is a new version."""
    headline, lead, update = figures(
        "Nine killed in Stonebridge\n\nNine people were killed in Stonebridge on Friday.\n\nThe death toll later rose to 11."
    )
    assert lead.restates == headline.figure_id
    assert update.restates == ""


def test_a_bulleted_list_is_parts_of_the_total_that_introduces_it(figures):
    """Items take their metric from the line above and add up to its total."""
    text = (
        "Since May the fighting has killed 50 people. The dead are distributed as follows:\n"
        "• 30 soldiers.\n• 15 civilians, including a woman.\n• Five policemen.\n"
    )
    total, *items = figures(text)
    assert {f.parent_figure_id for f in items if f.group_sex is None} == {total.figure_id}
    assert [f.value_best for f in items] == [30, 15, 1, 5]


def test_reading_again_gives_the_same_rows(figures):
    """Identities are made of document and reading, so nothing new appears on a second pass."""
    text = "Nine people, including two children, were killed in Stonebridge."
    assert figures(text) == figures(text)


def test_explain_tells_every_step(reader):
    """The derivation names the words for number, people, metric, source and place."""
    (reading,) = explain("Exland Watch said at least 12 civilians were killed in Stonebridge.", reader)
    assert [step.stage for step in reading.steps] == ["number", "people", "metric", "source", "time", "place"]
    assert reading.steps[0].value == "at_least: 12..open, stated 12"


NOUNS = st.sampled_from(["people", "civilians", "soldiers", "women", "students"])
VERBS = st.sampled_from(["were killed", "were injured", "were displaced", "were arrested"])


@given(st.integers(2, 9_999_999), NOUNS, VERBS)
def test_a_written_number_is_read_back_at_its_place(reader, value, noun, verb):
    """For any number, the span points at its digits and the value is the one written."""
    text = f"In Stonebridge {value:,} {noun} {verb} on Friday."
    (reading,) = explain(text, reader)
    figure = reading.figure
    assert (figure.value_best, figure.qualifier) == (value, Qualifier.EXACT)
    assert fold_digits(text[figure.span_start : figure.span_end]).replace(",", "") == str(value)


@settings(max_examples=300)
@given(st.text(max_size=300), st.sampled_from(["en", "ar"]))
def test_no_text_breaks_the_reader(reader, text, language):
    """Whatever the text, reading ends with figures whose quotes and spans lie inside it."""
    for reading in explain(text, reader, language=language):
        figure = reading.figure
        assert text[figure.quote_start : figure.quote_start + len(figure.quote)] == figure.quote
        assert 0 <= figure.quote_start <= figure.span_start < figure.span_end <= len(text)


def test_a_relay_is_named_once(reader):
    """A voice that quotes another, heard through a wire that the report names as well, is one relay."""
    told = document("State media, quoting a military source, said three soldiers were killed.")
    (reading,) = read(replace(told, relayed_via=("crown_news",)), reader)
    assert (reading.figure.claimed_source, reading.figure.relayed_via) == ("military_source", ("crown_news",))
