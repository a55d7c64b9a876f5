"""A figure of the model stands only where each word it copied stands in the report."""

import json

import pytest

from ingest.model.vocabulary import Metric, Qualifier, Unit

TEXT = "Fighting went on in Stonebridge. Exland Watch said at least 120 villagers were killed there, among them 12 nurses."
QUOTE = "Exland Watch said at least 120 villagers were killed there, among them 12 nurses."


def test_a_claim_that_stands_becomes_a_reading_like_any_other(answer, say):
    """Span, hedge, sentence, source and place are told by our own stages from the words the model copied."""
    said = say.claim(QUOTE, "120", 120, source="Exland Watch", place="Stonebridge")
    (reading,) = answer(TEXT, say.listing(said)).readings
    figure = reading.figure
    assert TEXT[figure.span_start : figure.span_end] == "120"
    assert (figure.quote, figure.metric, figure.value_best) == (QUOTE, Metric.KILLED, 120)
    assert (figure.qualifier, figure.interval_open_high) == (Qualifier.AT_LEAST, True)
    assert (figure.claimed_source, figure.place_id) == ("watch", "C1")
    assert figure.extractor_version == "second/1 tiny-model"


def test_the_report_is_asked_about_in_the_protocol_with_the_key(answer, say, web):
    """One POST names the model, sends the report as a message of its own, asks for the form, and shows the key."""
    answer(TEXT, say.listing())
    (asked,) = web.asked
    body = json.loads(asked.body)
    assert (asked.method, asked.path, asked.headers["authorization"]) == ("POST", "/v1/chat/completions", f"Bearer {say.key}")
    assert (body["model"], body["stream"], body["response_format"]["type"]) == ("tiny-model", False, "json_schema")
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == TEXT
    assert TEXT not in body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"quote": "Exland Watch said 120 villagers were killed."}, "quote does not stand in the report"),
        ({"quote": "EXLAND WATCH SAID at least 120 villagers"}, "quote does not stand in the report"),
        ({"number": "130"}, "number does not stand in its quote"),
        ({"number": "20"}, "number does not stand in its quote"),
        ({"number": "villagers"}, "cannot be read as one"),
        ({"quote": "Fighting went on in Stonebridge. " + QUOTE, "number": "in"}, "cannot be read as one"),
        ({"metric": "assassinated"}, "'metric' is none of the words allowed"),
        ({"metric": "incident_count"}, "'metric' is none of the words allowed"),
        ({"metric": ["killed"]}, "'metric' is none of the words allowed"),
        ({"unit": "vehicle"}, "'unit' is none of the words allowed"),
        ({"value": "120"}, "'value' is no whole number"),
        ({"value": True}, "'value' is no whole number"),
        ({"value": -5}, "'value' is no whole number"),
        ({"value": 10**40}, "'value' is no whole number"),
        ({"whole": "0"}, "'whole' is no whole number"),
        ({"quote": ""}, "'quote' is no text"),
        ({"quote": None}, "'quote' is no text"),
        ({"source": 7}, "'source' is no text"),
    ],
)
def test_a_claim_that_does_not_stand_is_refused_with_its_reason(answer, say, said, reason):
    """Nothing of it becomes a reading; the claims beside it do."""
    wrong = {**say.claim(QUOTE, "120", 120), **said}
    answered = answer(TEXT, say.listing(wrong, say.claim(QUOTE, "12", 12)))
    assert [one.figure.value_best for one in answered.readings] == [12]
    assert [reason in one.reason for one in answered.refused] == [True]


def test_a_claim_without_a_field_is_refused(answer, say):
    """Every field must be there, if only as null."""
    bare = {"quote": QUOTE, "number": "120", "value": 120, "metric": "killed"}
    (refused,) = answer(TEXT, say.listing(bare)).refused
    assert refused.reason == "It has no 'unit'."


def test_a_number_that_stands_twice_in_its_quote_is_not_guessed(answer, say):
    """Nothing says which of the two is meant."""
    text = "Four men were killed and four men were wounded."
    (refused,) = answer(text.replace("Four", "four"), say.listing(say.claim(text.replace("Four", "four"), "four", 4))).refused
    assert "more than once" in refused.reason


def test_a_sentence_that_is_repeated_is_met_again(answer, say):
    """The same words claimed twice are the headline's and the body's."""
    text = "Nine villagers were killed\n\nNine villagers were killed\n\nThey were weavers."
    said = say.claim("Nine villagers were killed", "Nine", 9)
    assert [one.figure.span_start for one in answer(text, say.listing(said, said)).readings] == [0, 28]


def test_white_space_may_be_of_another_kind(answer, say):
    """A line that was wrapped is quoted as one line; every letter must be the same all the same."""
    text = "Nine villagers were\nkilled in Stonebridge."
    (reading,) = answer(text, say.listing(say.claim("Nine villagers were killed in Stonebridge.", "Nine", 9))).readings
    assert reading.figure.quote == text


def test_one_person_without_a_number_is_a_claim_too(answer, say):
    """The words that say it are the number."""
    text = "A nurse was killed in Stonebridge."
    (reading,) = answer(text, say.listing(say.claim(text, "A nurse", 1))).readings
    assert (reading.figure.value_best, reading.figure.span_start) == (1, 0)


def test_arabic_claims_stand_like_english_ones(answer, say):
    """Number words and copied letters of Arabic are found in the text."""
    text = "قال مرصد إكسلاند إن خمسة مدنيين قتلوا."
    (reading,) = answer(text, say.listing(say.claim(text, "خمسة", 5, source="مرصد إكسلاند")), language="ar").readings
    assert (reading.figure.value_best, reading.figure.claimed_source) == (5, "watch")


def test_a_whole_is_a_position_in_the_same_answer(answer, say):
    """The part names its whole; households are what the model says they are."""
    first = say.claim(QUOTE, "120", 120)
    whole, part = answer(TEXT, say.listing(first, say.claim(QUOTE, "12", 12, whole=0))).readings
    assert part.figure.parent_figure_id == whole.figure.figure_id
    (alone,) = answer(TEXT, say.listing(say.claim(QUOTE, "120", 120, unit="household"))).readings
    assert alone.figure.unit is Unit.HOUSEHOLD


@pytest.mark.parametrize("wholes", [(0, None), (1, 0), (7, None), (None, 1), (500, 500), (1, None)])
def test_a_whole_that_cannot_be_one_is_left_aside(answer, say, wholes):
    """Itself, a circle, a position that is not there, a smaller number: the figures stand, unlinked or linked the one way that holds."""
    said = [say.claim(QUOTE, number, int(number), whole=whole) for number, whole in zip(("120", "12"), wholes, strict=True)]
    answered = answer(TEXT, say.listing(*said))
    large, small = (one.figure for one in answered.readings)
    assert large.parent_figure_id == ""
    assert small.parent_figure_id in ("", large.figure_id)


def test_a_source_or_place_that_was_not_copied_is_left_aside(answer, say):
    """Field by field: the number stands, and what is not in the report is nobody's."""
    said = say.claim(QUOTE, "120", 120, source="The Ministry of Truth", place="Atlantis")
    (reading,) = answer(TEXT, say.listing(said)).readings
    assert (reading.figure.claimed_source, reading.figure.claimed_source_text, reading.figure.place_text) == ("herald", "", "")


def test_json_between_fences_is_json(answer, say):
    """Models that were not held to a form wrap it in Markdown."""
    content = "```json\n" + json.dumps({"figures": [say.claim(QUOTE, "120", 120)]}) + "\n```"
    assert len(answer(TEXT, say.completion(content)).readings) == 1


def test_a_long_report_is_asked_about_piece_by_piece(answer, say, web):
    """Offsets are those of the whole document; a piece without a usable answer is not covered, and the others count."""
    sentences = [f"{number} villagers were killed." for number in ("Nine", "Four", "Five")]
    text = "\n\n".join(sentence + " Nothing else was reported on that day." * 140 for sentence in sentences)
    nine, _, five = (say.listing(say.claim(one, one[:4], value)) for one, value in zip(sentences, (9, 4, 5), strict=True))
    answered = answer(text, nine, say.completion("no"), five)
    assert len(web.asked) == 3
    assert [text[one.figure.span_start :].partition(" ")[0] for one in answered.readings] == ["Nine", "Five"]
    assert len(answered.failures) == 1
    four = text.index("Four")
    assert not any(start <= four < end for start, end in answered.covered)
    assert all(any(start <= text.index(word) < end for start, end in answered.covered) for word in ("Nine", "Five"))
