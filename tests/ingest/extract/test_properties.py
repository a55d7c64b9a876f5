"""What holds for every text: numbers written by an independent generator come back, and nothing breaks or leans on what is beside it."""

import random
import re
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.extract import Reader, read
from ingest.model.records import Figure
from ingest.model.vocabulary import Qualifier
from ingest.text.normalise import fold_digits
from tests.quality.exland import document

VALUES = st.one_of(st.integers(1, 120), st.integers(2, 9_999_999), st.sampled_from([100, 1000, 10_000, 100_000, 1_000_000, 2_000_001]))
SPACES = ("\u00a0", "\u202f", "\u2009", " ")
SAID = st.builds(
    "{} {}".format,
    st.sampled_from(["people", "civilians", "soldiers", "women", "students", "families"]),
    st.sampled_from(["were killed", "were injured", "were displaced", "were arrested"]),
)
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()

# Sentences whose readings may not depend on what stands beside them, and some that say nothing of people.
SENTENCES = (
    "On 12 June, seven people, including two children, were killed in Stonebridge.",
    "Between 40 and 60 soldiers were injured in Harrowdale on 11 June.",
    "About 30 families fled Millford.",
    "The number of wounded climbed from 40 to 52.",
    "Shelling killed two and five people in Stonebridge and Harrowdale, respectively.",
    "No casualties were reported.",
    "A 14-year-old shepherd was killed by a mine.",
    "Dozens of recruits were arrested.",
)
QUIET = ("Bread is dear this summer.", "The bridge was repaired with new stone.", "Rain fell on the hills.", "Prices rose by 12 percent.")


def figures(text: str, reader: Reader, language: str = "en") -> list[Figure]:
    """The figures of a text in its order."""
    return sorted((reading.figure for reading in read(document(text, language), reader)), key=lambda f: (f.span_start, f.metric))


def gist(text: str, reader: Reader) -> list[tuple[object, ...]]:
    """What is read, without where in the text it stands; blanks are as good as one another."""
    return [
        (
            f.metric,
            f.value_low,
            f.value_high,
            f.qualifier,
            f.unit,
            " ".join(f.value_text.split()),
            f.place_id,
            f.event_start,
            f.group_status,
        )
        for f in figures(text, reader)
    ]


def grouped(value: int, mark: str) -> str:
    """Digits in groups of three."""
    return f"{value:,}".replace(",", mark)


def in_digits(digits: str, zero: str) -> str:
    """ASCII digits in another script's."""
    return "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in digits)


def in_words(value: int, *, joined: bool, hyphen: bool) -> str:
    """A number below ten million as English writes it, with or without `and` and hyphens; written apart from the reader's tables."""
    parts = []
    for size, name in ((1_000_000, "million"), (1_000, "thousand")):
        if value >= size:
            parts.append(f"{_below_thousand(value // size, joined=joined, hyphen=hyphen)} {name}")
            value %= size
    if value:
        small = _below_thousand(value, joined=joined, hyphen=hyphen)
        parts.append(f"and {small}" if parts and joined and value < 100 else small)
    return " ".join(parts)


def _below_thousand(value: int, *, joined: bool, hyphen: bool) -> str:
    hundreds, rest = divmod(value, 100)
    words = [f"{UNITS[hundreds]} hundred"] if hundreds else []
    if rest:
        small = UNITS[rest] if rest < 20 else TENS[rest // 10] + (("-" if hyphen else " ") + UNITS[rest % 10] if rest % 10 else "")
        words.append(f"and {small}" if words and joined else small)
    return " ".join(words)


@given(VALUES, st.sampled_from([",", "", "\u066c", "'", "’", *SPACES]), st.sampled_from("0٠۰"), SAID)
def test_digits_in_every_script_and_separator_are_read_back_at_their_place(reader, value, mark, zero, said):
    """The span gives back the very digits, whatever stands between their groups."""
    written = in_digits(grouped(value, mark), zero)
    text = f"In Stonebridge {written} {said}."
    (figure,) = figures(text, reader)
    assert (figure.value_best, figure.qualifier) == (value, Qualifier.EXACT)
    assert text[figure.span_start : figure.span_end] == written


@given(st.integers(1000, 9_999_999), st.sampled_from([", ", " ,"]), SAID)
def test_a_blank_slipped_in_beside_the_comma_is_no_second_number(reader, value, mark, said):
    """`1, 234` and `1 ,234` are one number."""
    written = grouped(value, mark)
    text = f"In Stonebridge {written} {said}."
    (figure,) = figures(text, reader)
    assert (figure.value_best, text[figure.span_start : figure.span_end]) == (value, written)


@given(VALUES, st.booleans(), st.booleans(), SAID)
def test_english_number_words_are_read_back(reader, value, joined, hyphen, said):
    """From one to nearly ten million, with and without `and`, hyphens and a capital."""
    written = in_words(value, joined=joined, hyphen=hyphen)
    for text in (f"{written.capitalize()} {said}.", f"In Stonebridge {written} {said}."):
        (figure,) = figures(text, reader)
        assert (figure.value_best, figure.qualifier) == (value, Qualifier.EXACT)
        assert text[figure.span_start : figure.span_end].lower() == written


@given(
    st.integers(11, 99),
    st.sampled_from([("k", 1_000), ("m", 1_000_000), (" thousand", 1_000), (" million", 1_000_000), (" mln", 1_000_000)]),
)
def test_scales_multiply(reader, tenths, scale):
    """`1.5 million`, `3.4k`."""
    name, size = scale
    (figure,) = figures(f"About {tenths / 10}{name} people fled Millford.", reader)
    assert (figure.value_best, figure.qualifier) == (tenths * size // 10, Qualifier.ABOUT)


@given(
    st.integers(2, 900_000), st.integers(1, 900_000), st.sampled_from(["between {} and {}", "{} to {}", "{}-{}", "{}–{}"]), st.booleans()
)
def test_ranges_keep_both_ends(reader, low, more, form, words):
    """Whichever way they are written."""
    assume(not (words and form.startswith(("{}-", "{}–"))))
    first, second = (in_words(n, joined=False, hyphen=True) if words else f"{n:,}" for n in (low, low + more))
    assume(not (f"{low + more:,}".endswith(",000") and low < 1000))  # `20-25,000` is 20,000 to 25,000
    (figure,) = figures(f"In Stonebridge {form.format(first, second)} people were injured.", reader)
    assert (figure.value_low, figure.value_high, figure.qualifier) == (low, low + more, Qualifier.RANGE)


STARRED = ("killed", "injured", "wounded", "arrested", "displaced", "abducted")


@given(st.sampled_from(STARRED), st.data(), st.sampled_from(["*", "-", "\u200b", "\u00ad"]))
def test_a_word_with_a_mark_in_it_is_the_word_and_its_place_is_kept(reader, word, data, mark):
    """Marks inside a word change neither what it says nor where it is."""
    at = data.draw(st.integers(2, len(word) - 2))
    masked = word[:at] + mark + word[at:]
    text = f"Near Stonebridge four porters were {masked} by night."
    (plain,) = figures(text.replace(masked, word), reader)
    (figure,) = figures(text, reader)
    assert (figure.metric, figure.value_best, figure.source_term) == (plain.metric, 4, masked)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True), st.sampled_from(QUIET), st.booleans())
def test_a_sentence_that_says_nothing_of_people_changes_nothing(reader, sentences, quiet, first):
    """A paragraph about bread, before or behind, leaves every figure as it is."""
    text = "\n\n".join(sentences)
    beside = f"{quiet}\n\n{text}" if first else f"{text}\n\n{quiet}"
    assert gist(beside, reader) == gist(text, reader)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True), st.sampled_from(["  ", "\u00a0", "\t", " \u200a"]))
def test_more_blanks_change_nothing(reader, sentences, blank):
    """Blanks doubled between words are not met in what is read."""
    text = " ".join(sentences)
    assert gist(re.sub(r" ", blank, text), reader) == gist(text, reader)


@given(st.permutations(SENTENCES))
def test_the_order_of_documents_does_not_matter(reader, order):
    """What one document says is not carried into the next."""
    alone = {text: [(f.figure_id, f.value_best) for f in figures(text, reader)] for text in SENTENCES}
    assert {text: [(f.figure_id, f.value_best) for f in figures(text, reader)] for text in order} == alone


@given(st.integers(0, 3000))
def test_the_day_of_reading_moves_only_what_leans_on_it(reader, days):
    """A number read today is read tomorrow."""
    moved = document(SENTENCES[1]).published_at + timedelta(days)
    (figure,) = (reading.figure for reading in read(document(SENTENCES[1], published=moved), reader))
    assert (figure.value_low, figure.value_high, figure.place_id) == (40, 60, "C2")


# Pieces that break readers: controls, marks, digits of every script, half characters, huge numbers, words that open something.
ALL_DIGITS = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) in ("Nd", "No", "Nl")]
PIECES = st.one_of(
    st.sampled_from(ALL_DIGITS),
    st.sampled_from(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u200c\u200d\ufeff\u00ad\u0640\u0301\u064b\ud800\udfff\0"
    ),
    st.sampled_from("killed injured including between and respectively each half a million dozen from to".split()),
    st.sampled_from(["no one", "at least", "up to", "as of", "\n", "\n\n", *"():;-*•|/%$,."]),
    st.sampled_from("قتل أصيب بينهم و ما لا يقل عن مئة ألف مليون طفلان دون بين إلى ثلاثة عشر قـ ـتـ ـل".split()),
    st.integers(0, 10**30).map(str),
    st.text(max_size=5),
    st.sampled_from(SENTENCES),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\u00a0"])), max_size=40), st.sampled_from(["en", "ar"]))
def test_nothing_written_breaks_the_reader(reader, pieces, language):
    """Whatever characters a text is made of, reading ends, and every quote and span is in it."""
    text = "".join(piece + blank for piece, blank in pieces)
    for figure in figures(text, reader, language):
        assert text[figure.quote_start : figure.quote_start + len(figure.quote)] == figure.quote
        assert 0 <= figure.quote_start <= figure.span_start < figure.span_end <= len(text)
        if figure.value_best is not None and figure.value_text.isdigit() and figure.qualifier is Qualifier.EXACT:
            assert int(fold_digits(figure.value_text)) == figure.value_best


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.sampled_from(["en", "ar"]))
def test_words_of_the_lexicon_in_any_order_break_nothing(reader, dice: random.Random, language):
    """Every word the reader knows, shuffled into sentences: the states no writer thought of."""
    known = sorted(reader.lexicon(language).known)
    words = [dice.choice(known) if dice.random() < 0.8 else str(dice.randint(0, 5000)) for _ in range(60)]
    text = " ".join(words)
    for figure in figures(text, reader, language):
        assert text[figure.quote_start : figure.quote_start + len(figure.quote)] == figure.quote
        assert figure.value_low is None or figure.value_high is None or figure.value_low <= figure.value_high


@pytest.mark.parametrize(
    "text",
    [
        "1" * 4000,
        "1,000," * 1000,
        "(" * 3000,
        "including two " * 600,
        "killed 1-2-3-" * 400,
        "k*" * 2000,
        "٣" * 3000,
        "a half a million " * 300,
        "between 1 and " * 500,
    ],
    ids=lambda text: text[:14],
)
def test_text_made_to_keep_a_reader_busy_is_read(reader, text):
    """Long runs of what opens something end like any other text."""
    for language in ("en", "ar"):
        assert all(0 <= f.span_start < f.span_end <= len(text) for f in figures(text, reader, language))
