"""Keeping a report from the page: only for those who may write."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages import report
from dashboard.shell import View
from ingest.errors import CrosscountError
from ingest.pipeline.trying import Handed, Said
from ingest.settings import Settings


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
        said = report._kept(view, Untouched(), Handed(b"14 killed", "a.txt"), Said())  # type: ignore[arg-type]
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
