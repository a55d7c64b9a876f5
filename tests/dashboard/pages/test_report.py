"""Keeping a report from the page: only for those who may write."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages import report
from dashboard.pages.report import keeping
from dashboard.shell import View
from ingest.errors import CrosscountError, ReviewRefused
from ingest.extract import Dateline
from ingest.model.failures import say
from ingest.model.records import Document
from ingest.model.refusals import Refusal
from ingest.pipeline.intake import Tally
from ingest.pipeline.trying import Handed, Kept, Note, Said, Tried
from ingest.settings import Settings
from ingest.store import Ledger

DAY = date(2024, 12, 2)


@pytest.fixture
def writable(settings: Settings, tmp_path: Path) -> Settings:
    """The small snapshot, with a ledger beside it."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    Ledger.open(url).close()
    return replace(settings, database=url)


class Untouched:
    """A bench nobody may use."""

    def __getattr__(self, name: str) -> Any:
        """Being asked for anything fails the test."""
        raise AssertionError(name)


@pytest.mark.parametrize(
    ("setting", "request_"),
    [
        ("off", {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}}),
        ("local", {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}),
        ("on", {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "headers": {"Origin": "https://evil.example"}}),
    ],
)
def test_who_may_not_write_keeps_nothing(
    settings: Settings, read: Callable[[Any], str], setting: str, request_: dict[str, Any], look_at: Callable[..., View]
) -> None:
    """Switched off, from another machine, or sent by another site's page: a sentence, and the ledger is not opened."""
    elsewhere = replace(settings, review=setting)
    app = create_app(elsewhere)
    with app.server.test_request_context(**request_):
        view = look_at("/report")
        view = replace(view, desk=replace(view.desk, settings=elsewhere))
        said = keeping.keep_report(view, Untouched(), Handed(b"14 killed", "a.txt"), Said())  # type: ignore[arg-type]
    assert "CROSSCOUNT_REVIEW" in read(said)


@pytest.mark.parametrize(
    ("give", "said"),
    [
        (lambda: report._file("data:application/pdf;base64,???", "a.pdf"), "n’est pas arrivé entier"),
        (lambda: report._typed(Untouched(), {"text": "", "address": "who was killed"}), "n’est pas une adresse"),  # type: ignore[arg-type]
        (lambda: report._typed(Untouched(), {"text": "x" * 500_001, "address": ""}), "Le texte a"),  # type: ignore[arg-type]
        (lambda: report._given({"published": "soon", "publisher": "", "language": "", "address": ""}), "n’est pas une date"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_readers_language(
    give: Callable[[], object], said: str, look_at: Callable[..., View], read: Callable[[Any], str], parts: Callable[[Any, str], list[Any]]
) -> None:
    """What was given to the page itself; no sentence of it is left in English."""
    with pytest.raises(CrosscountError) as refused:
        give()
    told = report._refused(look_at("/report", lang="fr"), refused.value, keeping=False)
    assert "Ceci n’a pas pu être lu." in read(told) and said in read(told)
    assert not parts(told, "Bdi")


@pytest.mark.parametrize(
    ("lang", "dated", "line", "said"),
    [
        ("en", True, Dateline(DAY, "2 December", year_stated=False), "“2 December” over the text; it names no year"),
        ("fr", True, Dateline(DAY, "Dec. 2, 2024", year_stated=True), "d’après «\u202fDec. 2, 2024\u202f» en tête du texte"),
        ("ar", True, Dateline(DAY, "2 كانون الأول 2024", year_stated=True), "أُخذ من «2 كانون الأول 2024» في صدر النص"),
        ("en", True, None, "Published 2 Dec 2024"),
        ("en", False, None, "No day of publication is known: 2 Dec 2024 stands in"),
    ],
)
def test_the_page_says_where_the_day_of_publication_is_from(
    lang: str,
    dated: bool,
    line: Dateline | None,
    said: str,
    look_at: Callable[..., View],
) -> None:
    """Said by the reader or the document, taken from the head of the text, or known to nobody."""
    now = datetime(2024, 12, 2, 12, tzinfo=UTC)
    document = Document("d1", "tried", "sohr", "", "Nine people were killed.", "en", "", now, now, "text/plain", "")
    assert said in report._dated(look_at("/report", lang=lang), Tried(document, (), dated, line))


@pytest.mark.parametrize(
    ("figures", "address"), [(2, "/figures?only=f0,f1"), (keeping.LINKED + 1, "/figures?sort=-published"), (0, "/figures?sort=-published")]
)
def test_what_was_kept_is_one_link_away(
    read: Callable[[Any], str], parts: Callable[[Any, str], list[Any]], look_at: Callable[..., View], figures: int, address: str
) -> None:
    """The very figures of the report, where an address can name them; the command that takes it back names its document."""
    kept = Kept(Tally(documents=1, figures=figures), "d1", tuple(f"f{number}" for number in range(figures)))
    shown = keeping.told_kept(look_at("/report"), kept)
    assert [link.href for link in parts(shown, "A")] == [address]
    assert [button.id for button in parts(shown, "Button")] == [{"type": "report-back", "of": "d1"}] * bool(figures)


def test_what_was_taken_back_before_says_so_and_may_count_again(
    read: Callable[[Any], str], parts: Callable[[Any, str], list[Any]], look_at: Callable[..., View]
) -> None:
    """Its figures are in the history; the button names the note."""
    shown = keeping.told_kept(look_at("/report"), Kept(Tally(known=1), "d1", ("f1",), "c1"))
    assert "was taken back" in read(shown)
    assert [link.href for link in parts(shown, "A")] == ["/figures?only=f1&history=1"]
    assert [button.id for button in parts(shown, "Button")] == [{"type": "report-stand", "of": "c1"}]


class Taken:
    """A bench that remembers who took what back, and refuses a second time."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Note]] = []

    def take_back(self, document: str, note: Note) -> str:
        """Once."""
        if self.noted:
            raise ReviewRefused(say(Refusal.WITHDRAWN_ALREADY, wanted=document))
        self.noted.append((document, note))
        return "c1"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Say who you are first", "Taken back and published", "is withdrawn already")),
        ("ar", ("اذكروا أولاً من أنتم", "سُحب ونُشر ذلك", "من قبل")),
        ("fr", ("Dites d’abord qui vous êtes", "Retiré et publié", "est déjà retiré")),
    ],
)
def test_taking_back_needs_a_name_and_is_a_public_note(
    writable: Settings, read: Callable[[Any], str], lang: str, said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With words in each language of notes; whoever may not write takes nothing back; what the ledger refuses is told."""
    bench, (nameless, done, again) = Taken(), said
    answer = keeping.taking_back(lambda _: bench)  # type: ignore[arg-type, return-value]
    state = {"query": f"lang={lang}"}
    monkeypatch.setattr(keeping, "ctx", SimpleNamespace(triggered_id={"type": "report-back", "of": "d1"}))
    app = create_app(writable)
    with app.server.test_request_context(base_url="http://127.0.0.1", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        assert "CROSSCOUNT_REVIEW" in read(answer([1], [], "data desk", state))
    with app.server.test_request_context(base_url="http://127.0.0.1", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert nameless in read(answer([1], [], " ", state))
        assert bench.noted == []
        assert done in read(answer([1], [], "data desk", state))
        assert again in read(answer([2], [], "data desk", state))
    ((document, note),) = bench.noted
    assert document == "d1" and note.by == "data desk" and all(note.texts)
