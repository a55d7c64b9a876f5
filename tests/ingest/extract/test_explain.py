"""The derivations of twenty hard sentences: which words gave number, people, deed, whole, voice, day and place."""

from datetime import UTC, datetime

import pytest

from ingest.extract import explain

# Per sentence the figures in its order; per figure what each stage must tell, as `words -> value`, or the words or the value alone.
# A stage that is None may not be told; "doubts" are all of them.
ENGLISH = {
    "The shelling left four farmers, including two brothers and an elderly woman, dead and 11 others injured, Exland Watch said.": [
        {"number": "four -> exact: 4..4, stated 4", "people": "farmers -> civilian, farmer, person", "metric": "dead -> killed",
         "part": None},
        {"number": "two", "people": "brothers", "metric": "dead -> killed", "part": "four -> subset", "source": "Exland Watch -> watch"},
        {"number": "an", "people": "elderly woman", "metric": "dead -> killed", "part": "four -> subset", "doubts": ["implicit_one"]},
        {"number": "11", "people": "others", "metric": "injured -> injured", "part": None, "doubts": []},
    ],
    "Exland Watch put the toll at 19; state media, quoting a military source, spoke of 11 soldiers killed in Harrowdale on Wednesday.": [
        {"number": "19", "metric": "the toll -> killed", "source": "Exland Watch -> watch"},
        {"metric": "killed", "people": "soldiers -> combatant, person", "source": "a military source -> military_source",
         "place": "Harrowdale -> C2", "time": "Wednesday"},
    ],
    "Four more bodies were found on Friday, raising the toll in Stonebridge to 31, up from 27.": [
        {"number": "Four", "metric": "more bodies -> killed", "time": "Friday -> incident 2024-06-14..2024-06-14"},
        {"number": "31", "metric": "the toll -> killed", "place": "Stonebridge -> C1"},
        {"number": "27", "metric": "the toll -> killed", "place": "Stonebridge -> C1"},
    ],
    "Between 1.2 and 1.5 million people have been displaced since 20 May, the agency estimates.": [
        {"number": "1.2 and 1.5 million -> range: 1200000..1500000", "metric": "displaced -> newly_displaced",
         "time": "20 May -> cumulative 2024-05-20..2024-06-15"},
    ],
    "Shelling killed two and at least five people in Stonebridge and Harrowdale, respectively.": [
        {"number": "two", "metric": "killed", "place": "Stonebridge -> C1"},
        {"number": "at least five -> at_least: 5..open, stated 5", "metric": "killed", "place": "Harrowdale -> C2"},
    ],
    "As of 9 June, 412,300 IDPs (68,700 households) were living in Northmark.": [
        {"number": "412,300", "people": "IDPs", "metric": "IDPs -> displaced_stock", "time": "9 June -> stock as of 2024-06-09"},
        {"number": "68,700", "people": "households -> unstated, household", "part": None, "place": "Northmark -> XX01"},
    ],
    "A 34-year-old midwife and her two daughters, aged 4 and 9, were ki*led in Stonebridge yesterday.": [
        {"number": "A -> exact: 1..1, stated 1", "people": "34-year-old midwife", "metric": "ki*led -> killed", "time": "yesterday"},
        {"number": "two", "people": "daughters -> civilian, f, child, person", "metric": "ki*led -> killed", "doubts": []},
    ],
    "Crown News said two crown troops were killed. Three others were wounded in Twinford.": [
        {"people": "crown troops -> combatant, crown, person", "metric": "killed", "source": "Crown News -> crown_news"},
        {"number": "Three", "people": "others", "metric": "wounded -> injured", "place": "Twinford -> C8;C9",
         "doubts": ["place_not_unique;C8;C9", "source_carried"]},
    ],
    "No casualties were reported in Millford, but dozens of families fled towards Stonebridge.": [
        {"number": "No -> exact: 0..0, stated 0", "metric": "casualties -> killed_or_injured", "place": "Millford -> XX0101"},
        {"number": "dozens -> vague: 12..99", "people": "families -> unstated, household", "metric": "fled -> newly_displaced"},
    ],
    "The monitor documented 40 deaths in the past 24 hours: 22 civilians, including four children, and 18 fighters.": [
        {"number": "40", "metric": "deaths -> killed", "people": "deaths -> mixed_total, person", "time": "the past 24 hours -> rate_24h"},
        {"number": "22", "metric": "deaths -> killed", "part": "40 -> partition"},
        {"number": "four", "metric": "deaths -> killed", "part": "22 -> subset"},
        {"number": "18", "metric": "deaths -> killed", "part": "40 -> partition"},
    ],
}  # fmt: skip
ARABIC = {
    "أسفر القصف على حجريان عن مقتل خمسة مدنيين، بينهم طفلان وامرأة، وإصابة 11 آخرين، بحسب مرصد إكسلاند.": [
        {"number": "خمسة", "people": "مدنيين -> civilian, person", "metric": "مقتل -> killed", "place": "حجريان -> C1"},
        {"number": "طفلان -> exact: 2..2, stated 2", "metric": "مقتل -> killed", "part": "خمسة -> subset", "doubts": []},
        {"number": "وامرأة", "part": "خمسة -> subset", "doubts": ["implicit_one"]},
        {"number": "11", "people": "آخرين", "metric": "وإصابة -> injured", "part": None, "source": "مرصد إكسلاند -> watch"},
    ],
    "قال مرصد إكسلاند إن 19 شخصاً قتلوا في حروان يوم الأربعاء، فيما أعلنت أنباء التاج مقتل 11 مسلحاً.": [
        {"number": "19", "metric": "قتلوا -> killed", "source": "watch", "place": "C2", "time": "incident 2024-06-12..2024-06-12"},
        {"number": "11", "metric": "مقتل -> killed", "people": "مسلحاً -> combatant, person", "source": "أنباء التاج -> crown_news"},
    ],
    "ارتفعت حصيلة القتلى في ميلفورد إلى أربعة عشر قتيلاً.": [
        {"number": "أربعة عشر -> exact: 14..14, stated 14", "metric": "killed", "place": "ميلفورد -> XX0101"},
    ],
    "نزحت نحو مئتي عائلة من حروان أمس.": [
        {"number": "نحو مئتي -> about: 180..220, stated 200", "people": "عائلة -> unstated, household", "metric": "نزحت -> newly_displaced",
         "time": "أمس -> incident 2024-06-14..2024-06-14", "place": "حروان -> C2"},
    ],
    "استشهاد مواطنة وإصابة ثلاثة آخرين جراء سقوط قذيفة.": [
        {"number": "مواطنة -> exact: 1..1, stated 1", "metric": "استشهاد -> killed", "doubts": ["implicit_one"]},
        {"number": "ثلاثة", "metric": "وإصابة -> injured", "doubts": []},
    ],
    "حتى 9 حزيران، بلغ عدد النازحين في نورمارك 412300 نازح.": [
        {"number": "412300", "metric": "displaced_stock", "time": "9 حزيران -> stock as of 2024-06-09", "place": "نورمارك -> XX01"},
    ],
    "قـ ـتـ ـل ما لا يقل عن ٢٣ شخصاً في السوق.": [
        {"number": "ما لا يقل عن ٢٣ -> at_least: 23..open, stated 23", "metric": "قـ ـتـ ـل -> killed",
         "time": "incident as of 2024-06-15"},
    ],
    "قُتل عشرات المسلحين وأُسر أربعة جنود خلال الاشتباكات.": [
        {"number": "عشرات -> vague: 10..99", "people": "المسلحين -> combatant, person", "metric": "قُتل -> killed"},
        {"number": "أربعة", "people": "جنود -> combatant, person", "metric": "وأُسر -> captured"},
    ],
    "سقطت قذيفتان في حقول حجريان دون وقوع إصابات.": [
        {"number": "دون وقوع -> exact: 0..0, stated 0", "metric": "إصابات -> injured", "place": "حجريان -> C1", "doubts": []},
    ],
    "منذ 20 أيار قُتل 1180 شخصاً، منهم 640 مقاتلاً و410 جنود و130 مدنياً.": [
        {"number": "1180", "people": "شخصاً -> mixed_total, person", "metric": "قُتل", "time": "cumulative 2024-05-20..2024-06-15"},
        {"number": "640", "people": "مقاتلاً -> combatant, person", "metric": "قُتل", "part": "1180"},
        {"number": "410", "people": "جنود -> combatant, person", "metric": "قُتل", "part": "1180"},
        {"number": "130", "people": "مدنياً -> civilian, person", "metric": "قُتل", "part": "1180"},
    ],
}  # fmt: skip


def told(text, language, reader):
    """The readings of a text in its order, with its steps."""
    published = datetime(2024, 6, 15, 12, tzinfo=UTC)
    return sorted(explain(text, reader, publisher="herald", published=published, language=language), key=lambda one: one.figure.span_start)


def holds(step, fact):
    """Whether a step tells a fact: its words and the beginning of its value, or one of the two."""
    words, arrow, value = fact.partition(" -> ")
    if arrow:
        return step.text == words and step.value.startswith(value)
    return fact == step.text or step.value.startswith(fact)


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [*(("en", text, figures) for text, figures in ENGLISH.items()), *(("ar", text, figures) for text, figures in ARABIC.items())],
)
def test_the_derivation_names_the_words_it_rests_on(reader, language, text, figures):
    """Every stage names the right words of the text, at their place, and every doubt is told."""
    readings = told(text, language, reader)
    assert len(readings) == len(figures)
    for reading, facts in zip(readings, figures, strict=True):
        steps = {step.stage: step for step in reading.steps if step.stage != "doubt"}
        doubts = [step.value for step in reading.steps if step.stage == "doubt"]
        assert doubts == facts.get("doubts", doubts)
        for stage, fact in facts.items():
            if stage != "doubts":
                assert (stage not in steps) if fact is None else holds(steps[stage], fact), (stage, fact, steps.get(stage))
        for step in reading.steps:
            assert text[step.start : step.end] == step.text


def test_what_an_earlier_sentence_said_is_told_to_be_from_there(reader):
    """A reader of the derivation sees that voice, day and place are carried, and from which words."""
    text = "On 12 June, Exland Watch said nine people had died in Stonebridge. Two soldiers were wounded."
    _first, reading = told(text, "en", reader)
    steps = {step.stage: step for step in reading.steps}
    assert (steps["source"].text, steps["source"].rule) == ("Exland Watch", "the speaker of an earlier sentence goes on")
    assert (steps["place"].text, steps["place"].rule) == ("Stonebridge", "unique, from an earlier sentence")
    assert (steps["time"].text, steps["time"].rule) == ("12 June", "stated in an earlier sentence")


def test_the_publisher_and_its_day_stand_in_where_nothing_is_said(reader):
    """What is not in the text has no words."""
    (reading,) = told("Two people were killed.", "en", reader)
    steps = {step.stage: step for step in reading.steps}
    assert (steps["source"].text, steps["source"].value, steps["source"].rule) == ("", "herald", "no speaker named: the publisher")
    assert (steps["time"].text, steps["time"].rule) == ("", "day of publication stands in")
    assert "place" not in steps
