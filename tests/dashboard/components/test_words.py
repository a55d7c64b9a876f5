"""Every visible string stands in every translation table, and numbers agree with their words."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard import charts, query
from dashboard.app import assets_folder
from dashboard.components.words import Words, load_words, plural, terms
from dashboard.state import LANGUAGES
from ingest.model import vocabulary
from ingest.model.schema import RULED, TABLES
from ingest.sources.registry import all_sources

PACKAGE = Path(__file__).resolve().parents[3] / "dashboard"
DATA = PACKAGE.parent / "data"
ORGANISATIONS = (DATA / "organisations.toml", *sorted((DATA / "crises").glob("*.toml")))
SPEAKING = sorted(path for folder in ("app", "components", "pages", "shell") for path in (PACKAGE / folder).rglob("*.py"))
KEY = re.compile(r"[a-z_]+\.[a-z_]+")
CATEGORIES = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}, "fr": {"one", "other"}}


@pytest.fixture(scope="module")
def words() -> dict[str, Words]:
    """The tables that ship."""
    return dict(load_words(assets_folder() / "translations"))


def _calls(path: Path) -> Iterator[ast.expr]:
    """First arguments of every `words(...)` of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called == "words":
                yield node.args[0]


def _used() -> tuple[set[str], set[str]]:
    """(keys used as they stand, beginnings of keys that a value completes)."""
    whole, begun = set(), set()
    for argument in (argument for path in SPEAKING for argument in _calls(path)):
        for node in ast.walk(argument):
            if isinstance(node, ast.JoinedStr):
                begun |= {part.value for part in node.values[:1] if isinstance(part, ast.Constant)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                whole.add(node.value)
    return whole, begun


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_in_use_is_in_the_table(words: dict[str, Words], language: str) -> None:
    """No page asks for a text that a language does not have."""
    whole, begun = _used()
    table = words[language].table
    assert not {key for key in whole if key not in table}
    assert not {start for start in begun if not any(key.startswith(start) for key in table)}


def test_tables_hold_the_same_keys() -> None:
    """What one language has, the others have."""
    english, *others = (set(json.loads((assets_folder() / "translations" / f"{name}.json").read_text("utf-8"))) for name in LANGUAGES)
    assert all(other == english for other in others)


def test_what_sources_say_of_themselves_is_there_in_french(words: dict[str, Words]) -> None:
    """Mandate and limitation of every source; Arabic stands in the source's own file."""
    every = [module.INFO for module in all_sources().values()]
    assert every
    assert not [one.name for one in every for text in (one.mandate, one.limitation) if words["fr"](text) == text]
    assert not [one.name for one in every if not (one.mandate_ar and one.limitation_ar)]
    assert not [one.name for one in every if re.search("[0-9]", one.mandate_ar + one.limitation_ar)]  # Arabic readers' digits


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_terms_of_every_source_are_there_in_each_language(words: dict[str, Words], language: str) -> None:
    """Licence, and what may be passed on; the name of a licence stands there as itself."""
    terms = {text for module in all_sources().values() for text in (module.INFO.licence, module.INFO.redistribution) if text}
    assert terms
    assert not {text for text in terms if text not in words[language].table}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_figures_of_every_organisation_mean_is_there_in_each_language(words: dict[str, Words], language: str) -> None:
    """Of those known in every crisis, and of those of each crisis that ships."""
    meant = {one["definition"] for path in ORGANISATIONS for one in tomllib.loads(path.read_text("utf-8"))["organisation"]}
    assert meant
    assert not {text for text in meant if words[language](text) == text}


@pytest.mark.parametrize(
    "prefix,values",
    [
        ("precision", vocabulary.PlacePrecision),
        ("review", vocabulary.Review),
        ("verification", vocabulary.Verification),
        ("what", vocabulary.Metric),
        ("who", vocabulary.GroupStatus),
    ],
)
def test_every_word_of_a_closed_list_has_a_text(words: dict[str, Words], prefix: str, values: type) -> None:
    """A value of the vocabulary that pages complete a key with is in the table."""
    assert not {f"{prefix}.{value}" for value in values if f"{prefix}.{value}" not in words["en"].table}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_charts_and_queries_are_translated(words: dict[str, Words], language: str) -> None:
    """Charts and queries know no table: their English texts are keys of ours."""
    assert not {text for text in (*charts.TEXTS, *query.TEXTS) if text not in words[language].table}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_column_is_explained_in_each_language(words: dict[str, Words], language: str) -> None:
    """Of every published table, and those that exports add; no text is of a column that is no more."""
    told = {column.meaning for columns in (*TABLES.values(), RULED) for column in columns}
    table = json.loads((assets_folder() / "translations" / "columns" / f"{language}.json").read_text(encoding="utf-8"))
    assert told == set(table)
    assert not [text for text in told if words[language](text) == text]


@pytest.mark.parametrize("table", ["fr.json", "sources/fr.json", "columns/fr.json"])
def test_french_marks_keep_off_their_words_by_a_space_that_does_not_break(table: str) -> None:
    """Before the double marks and inside quotation marks, as the Imprimerie nationale asks."""
    told = (assets_folder() / "translations" / table).read_text(encoding="utf-8")
    texts = re.findall(r'^\s*"(?:[^"\\]|\\.)*": (.*)$', told, re.MULTILINE)
    assert not [text for text in texts if re.search(r"[^\s\"] [:;!?»](?!\w)|« |\w[!?;»]|«\w", text)]


def test_every_word_of_the_vocabulary_has_a_label_of_its_own_in_each_language() -> None:
    """A label that stands where a meaning should, or the other way round, is longer than any label is."""
    longest = 42
    assert not [term.en for term in terms() for language in LANGUAGES if not 0 < len(term.label(language)) <= longest]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plurals_are_whole(words: dict[str, Words], language: str) -> None:
    """A translation fills the same placeholders as the English, in every plural its language has."""
    english = words["en"].table
    for key, text in words[language].table.items():
        if isinstance(text, dict):
            assert set(text) == CATEGORIES[language], key
            assert _fields(text["other"]) == _fields(english[key]["other"]), key
        elif isinstance(text, str) and key in english:
            assert _fields(text) == _fields(english[key]), key


def _fields(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("path", [path for path in SPEAKING if path.parent.name in ("components", "pages", "shell")], ids=lambda p: p.stem)
def test_no_visible_text_is_written_in_code(path: Path) -> None:
    """A sentence or a capitalised word that is no docstring, class name or constant of the web belongs into the tables."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    logged = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Call) and _for_the_log(node) for part in ast.walk(node)
    }
    said = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent | logged
        if re.search(r"[A-Z][a-z]+ |[a-z]{3,} [a-z]+ [a-z]{3,}", node.value) and "sans-serif" not in node.value
    ]
    assert not said


def _for_the_log(node: ast.Raise | ast.Call) -> bool:
    return isinstance(node, ast.Raise) or (isinstance(node.func, ast.Attribute) and node.func.attr in {"warning", "error", "info"})


def test_plurals_follow_the_language() -> None:
    """Arabic has a form for two, for a few and for many; English has two, and the French for one is also that for none."""
    assert [plural("ar", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)] == [
        *("zero", "one", "two", "few", "few", "many", "many", "other", "few"),
    ]
    assert [plural("en", n) for n in (0, 1, 2)] == ["other", "one", "other"]
    assert [plural("fr", n) for n in (0, 1, 2)] == ["one", "one", "other"]


def test_numbers_and_days_are_the_reader_s(words: dict[str, Words]) -> None:
    """Thousands are separated; Arabic has its own digits and the Levant's months, French a narrow space and the decimal comma."""
    assert words["en"].number(1_100_000) == "1,100,000"
    assert words["ar"].number(1_100_000) == "١٬١٠٠٬٠٠٠"
    assert words["fr"].number(1_100_000) == "1\u202f100\u202f000"
    assert words["fr"].decimal(1234.5) == "1\u202f234,5"
    assert words["fr"].day(date(2024, 12, 8)) == "8 déc. 2024"
    assert words["fr"].day(date(2024, 12, 1)) == "1er déc. 2024"
    assert words["en"].day(date(2024, 12, 8)) == "8 Dec 2024"
    assert words["ar"].day(date(2024, 12, 8)) == "٨ كانون الأول ٢٠٢٤"
    assert words["en"].day(None) == "no date"


def test_a_sentence_has_the_readers_digits_but_for_what_it_quotes(words: dict[str, Words]) -> None:
    """Numbers of an Arabic sentence are written as on the rest of the page; the words of a source stay as they are."""
    assert words["ar"].told("مقتل 1,200 مدني («رقم 5»)", "ar") == "مقتل ١٬٢٠٠ مدني («رقم 5»)"
    assert words["en"].told("1,200 civilians", "en") == words["ar"].told("1,200 civilians", "en") == "1,200 civilians"


def test_times_are_of_the_crisis_and_say_so(words: dict[str, Words]) -> None:
    """A UTC moment is shown in the zone of the crisis, with the offset."""
    moment = datetime(2024, 12, 1, 22, 30, tzinfo=UTC)
    assert words["en"].moment(moment, ZoneInfo("Asia/Damascus")) == "2 Dec 2024, 01:30 (UTC+3)"
    assert words["en"].moment(None, ZoneInfo("Asia/Damascus")) == "never"


def test_a_day_of_publication_alone_has_no_hour(words: dict[str, Words]) -> None:
    """It is kept as its noon in the time of the crisis, which nobody stated; every other hour was."""
    day, hour = (datetime(2024, 12, 1, 9, minute, tzinfo=UTC) for minute in (0, 30))
    assert words["en"].published(day, ZoneInfo("Asia/Damascus")) == "1 Dec 2024"
    assert words["en"].published(hour, ZoneInfo("Asia/Damascus")) == "1 Dec 2024, 12:30 (UTC+3)"


def test_windows_leave_out_what_is_open(words: dict[str, Words]) -> None:
    """A window open on one side says since or until."""
    first, last = date(2024, 11, 27), date(2024, 12, 8)
    assert words["en"].window(first, last) == "27 Nov to 8 Dec 2024"
    assert words["en"].window(first, None) == "since 27 Nov 2024"
    assert words["en"].window(None, last) == "until 8 Dec 2024"
    assert words["en"].window(None, None) == ""
    assert words["en"].window_alone(None, None) == ""
    assert words["fr"].window_alone(first, last).startswith("Du 27 ") and words["fr"].window(first, last).startswith("du 27 ")


def test_an_unknown_text_is_shown_as_it_is(words: dict[str, Words]) -> None:
    """A chart's wording that no table has is not lost."""
    assert words["ar"]("A text nobody translated") == "A text nobody translated"
