"""A reading says what it rests on that may not hold, with what was considered, and is as sure as such readings are right."""

from pathlib import Path

import pytest

from ingest.extract import doubts
from ingest.model.doubts import NEEDS_A_LOOK, confidence, needs_a_look

SURE = confidence(())


@pytest.mark.parametrize(
    "text",
    [
        "Nine villagers were killed in Stonebridge, Exland Watch said.",
        "Exland Watch said three soldiers were wounded in Harrowdale.",
        "As of 3 May, 400 families were displaced from Stonebridge, Exland Watch said.",
        "Exland Watch said 20 people were killed in Stonebridge, including three women and two boys.",
    ],
)
def test_a_plain_reading_has_no_doubts(figures, text):
    """Number, people, verb, place and speaker in one sentence leave nothing open."""
    assert {(f.doubts, f.confidence) for f in figures(text)} == {((), SURE)}


@pytest.mark.parametrize(
    ("text", "position", "doubt"),
    [
        ("A villager was killed in Stonebridge.", 0, "implicit_one"),
        ("Fire killed 14 in Stonebridge.", 0, "no_noun"),
        ("Twelve glassblowers were killed in Stonebridge.", 0, "unknown_noun"),
        ("Nine villagers were killed in Stonebridge and two in Harrowdale.", 1, "list_continued"),
        ("Floods may displace 400 people in Stonebridge.", 0, "hypothetical=projection|incident"),
        ("Nine villagers were killed near Lowford.", 0, "place_unknown"),
        ("Nine villagers were killed in Twinford.", 0, "place_not_unique=C8|C9"),
        ("Shells fell on Stonebridge. Nine villagers were killed.", 0, "place_carried"),
        ("Captain Orm Dale said nine villagers were killed in Stonebridge.", 0, "source_unknown"),
        ("Exland Watch said nine people had died in Stonebridge. Four villagers were wounded in Harrowdale.", 1, "source_carried"),
    ],
)
def test_what_a_reading_leans_on_is_said(figures, text, position, doubt):
    """Each weak link is named, with the values considered where there are several."""
    assert doubt in figures(text)[position].doubts


def test_a_word_far_from_its_number_is_doubted(figures):
    """Between the number and its verb stands half a sentence."""
    text = "Nine villagers who had been waiting since early morning at the old bridge for the bus to the market were killed in Stonebridge."
    (figure,) = figures(text)
    assert "far_word" in figure.doubts


def test_a_part_by_its_place_alone_names_the_whole_it_was_given(figures):
    """No word says that they are parts: that they add up does, and the whole stands first among the candidates."""
    whole, *parts = figures("The fighting killed 60 people. They were 40 soldiers and 20 villagers.")
    assert [f"loose_part={whole.figure_id}|none" in part.doubts for part in parts] == [True, True]


def test_the_rules_that_doubts_go_by_are_rules_there_are():
    """A rule that is renamed, or gone, would never be doubted again."""
    stages = [path for path in Path(doubts.__file__).parent.rglob("*.py") if path.name != "doubts.py"]
    sources = "".join(path.read_text(encoding="utf-8") for path in stages)
    assert [rule for rule in (doubts.CONTINUES, *doubts.LOOSE) if f'"{rule}"' not in sources] == []


def test_a_place_in_doubt_does_not_touch_the_number(figures):
    """Confidence speaks of number, metric and unit; the open choice of a place sends the row to a person all the same."""
    (figure,) = figures("Nine villagers were killed in Twinford.")
    assert figure.confidence == SURE
    assert needs_a_look(figure.confidence, figure.doubts)


def test_a_number_without_verb_or_noun_of_its_own_needs_a_look(figures):
    """“and two in Harrowdale” is likely right, not surely."""
    sure, unsure = figures("Nine villagers were killed in Stonebridge and two in Harrowdale.")
    assert unsure.confidence < NEEDS_A_LOOK < sure.confidence
