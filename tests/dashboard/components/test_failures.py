"""Failures of sources in the reader's language."""

import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import assets_folder
from dashboard.components.failures import failures, told_plainly
from dashboard.components.words import load_words
from ingest.compare import DEFAULT
from ingest.compare.settings import from_file
from ingest.errors import SettingsError
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change, Defect
from ingest.model.failures import CAUSES, Failure, rest, say
from ingest.model.missettings import Missetting
from ingest.model.unreadable import Phrase, Unreadable

WORDS = load_words(assets_folder() / "translations")


@pytest.fixture
def crisis_file(tmp_path: Path) -> Path:
    """Where rules are set."""
    return tmp_path / "rules.toml"


@pytest.mark.parametrize("language", WORDS)
def test_every_failure_has_its_sentence(language: str) -> None:
    """A failure without a text would show its key."""
    assert not [cause.name for cause in CAUSES if f"failure.{cause.name.lower()}" not in WORDS[language].table]
    assert not [phrase.name for phrase in Phrase if f"phrase.{phrase.name.lower()}" not in WORDS[language].table]
    for phrases in (Advice, Change, Defect):
        kind = phrases.__name__.lower()
        assert not [phrase.name for phrase in phrases if f"{kind}.{phrase.name.lower()}" not in WORDS[language].table]


def test_a_message_is_told_in_arabic_with_its_addresses_left_to_right() -> None:
    """Both sentences, with the attempts; a sentence of another origin stays English and says so."""
    message = f"one.example/feed/ {rest(Failure.UNREACHABLE)} (2 attempts). {say(Failure.STOPPED)} Something else."
    parts: list[Any] = failures(message, WORDS["ar"])
    assert "تعذّر الوصول إلى \u2066one.example/feed/\u2069" in parts[0].children
    assert "محاولتان" in parts[0].children
    assert "توقفت القراءة" in parts[1].children
    assert (parts[2].children, parts[2].lang) == ("Something else.", "en")


def test_how_a_source_changed_is_told_in_the_readers_language() -> None:
    """With the defect of its records, whose field and value stay as they are; a change that a package words itself stays as it was said."""
    flaw = advise(Defect.NO_COUNT, part="best", answer="'many; more'")
    own = "A portal answered with verses"
    said = " ".join(say(Failure.CHANGED, what=what) for what in (advise(Change.RECORD, title="A portal", defect=flaw), own))
    told: list[Any] = failures(said, WORDS["fr"])
    assert "a changé\u00a0: un enregistrement n’a pas de décompte dans le champ «\u202f\u2066best\u2069\u202f»" in told[0].children
    assert "'many; more'" in told[0].children and "record" not in told[0].children
    assert told[1].children.startswith("La source répond autrement") and f"(\u2066{own}\u2069)" in told[1].children


def test_what_a_crisis_file_lacks_is_told_in_the_readers_language() -> None:
    """Names of its tables and options stay as they are written there; what to write instead is advice."""
    like = advise(Advice.WRITE_LIKE, example="[2023, 2024]")
    message = say(Missetting.NOT_UNDERSTOOD, wanted="years", setting="sources.unhcr", advice=like)
    told: Any = failures(message, WORDS["ar"])[0]
    assert "\u2066sources.unhcr\u2069 في ملف الأزمة" in told.children and "اكتبوه هكذا: \u2066[2023, 2024]\u2069" in told.children


def test_a_rule_that_a_crisis_file_sets_wrongly_is_told_in_the_readers_language(crisis_file: Path) -> None:
    """With the file, the rule and what stands there as they are written, and the unit as the rule has it in that language."""
    wrong = {"soft_share": "11", "soft_gap": "'x'", "vague": '"ceiling"', "soft_shar": "0.3", "household": '"50"', "unheard": "1"}
    for name, written in wrong.items():
        crisis_file.write_text(f"[rules]\n{name} = {written}\n", encoding="utf-8")
        with pytest.raises(SettingsError) as refused:
            from_file(crisis_file, DEFAULT)
        for language in ("ar", "fr"):
            told: list[Any] = failures(str(refused.value), WORDS[language])
            assert [one.lang for one in told if getattr(one, "lang", None)] == []
            assert told[0].children.startswith("\u2066rules.toml, [rules]\u2069") and name in told[0].children
            assert not re.search(r"\b(?:it|which|there|people|share|write)\b", told[0].children, re.IGNORECASE)
    crisis_file.write_text("[rules]\nsoft_share = 11\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        from_file(crisis_file, DEFAULT)
    plainly = told_plainly(str(refused.value), WORDS["ar"])
    assert plainly.endswith("وأقل ما تقبله ٠ وأكثره ١٠ (حصة من العدد الأصغر).")


def test_a_page_that_leads_elsewhere_is_told_in_the_readers_language() -> None:
    """What a server said itself stays as it said it."""
    elsewhere, own = f": {advise(Advice.FRONT_PAGE, where='one.example')}", ": no such page"
    message = " ".join(say(Failure.STATUS, where="a.example", status=404, said=said, advice=Advice.LATER) for said in (elsewhere, own))
    told: list[Any] = failures(message, WORDS["fr"])
    assert "il mène à la page d’accueil de \u2066one.example\u2069" in told[0].children
    assert "\u2066no such page\u2069" in told[1].children


def test_why_a_server_refused_is_told_with_its_own_words() -> None:
    """An API that says why, a listing without its parts, and nothing of a source that could be read, one behind the other."""
    refused = say(Failure.REFUSED, title="A portal", status=403, detail=" (“no name”)", cause="it refuses this name; ask for one")
    none_read = say(Failure.NONE_READ, count=3, title="A monitor")
    no_part = say(Failure.NO_PART, where="one.example/a", part="div > p.text")
    told: list[Any] = failures(f"{none_read} {no_part} {refused}", WORDS["fr"])
    assert [one.lang for one in told if getattr(one, "lang", None)] == []
    assert "Aucun des" in told[0].children and "div > p.text" in told[1].children
    assert "HTTP 403" in told[2].children and "it refuses this name; ask for one" in told[2].children


def test_what_to_do_after_a_refusal_is_told_in_the_readers_language() -> None:
    """Of an API that has advice of its own, and of any server; names of settings and addresses stay as they are written."""
    whence = advise(Advice.ASK_FOR_ACCESS, where="https://api.example/docs")
    cause = advise(Advice.ACCESS_REFUSED, setting="A_KEY", whence=whence)
    refused = say(Failure.REFUSED, title="A portal", status=401, detail="", cause=cause)
    gone = say(Failure.STATUS, where="one.example/feed", status=404, said="", advice=Advice.ADDRESS_GONE)
    told: list[Any] = failures(f"{refused} {gone}", WORDS["ar"])
    assert "لا يقبل رمز الدخول المحدد في \u2066A_KEY\u2069؛ اطلبوا رمز دخول على \u2066https://api.example/docs\u2069" in told[0].children
    assert "لم يعد العنوان موجوداً" in told[1].children and "crisis" not in told[1].children


def test_what_is_counted_stands_in_the_readers_digits() -> None:
    """Seconds are counted; the status of an answer is a code."""
    late = say(Failure.LONG_WAIT, where="one.example", status=429, seconds=1_200)
    (told,) = failures(late, WORDS["ar"])
    assert "١٢٠٠ ثانية" in str(told) and "429" in str(told)


def test_phrases_within_a_sentence_are_told_in_its_language() -> None:
    """What a file is named as, what it holds, and what to do where reading was ended; its name stays as it is."""
    misnamed = say(Unreadable.MISNAMED, name="تقرير.pdf", promised=Phrase.PDF, found=Phrase.WEB_PAGE, ending=".html")
    ended = say(Unreadable.ENDED, name="a b.xlsx", seconds=60, how=Phrase.SPLIT_OR_CSV)
    told: list[Any] = failures(f"{misnamed} {ended}", WORDS["ar"])
    assert "\u2066تقرير.pdf\u2069" in told[0].children and "ملف PDF" in told[0].children and "صفحة ويب" in told[0].children
    assert "\u2066a b.xlsx\u2069" in told[1].children and "CSV" in told[1].children and "split" not in told[1].children
