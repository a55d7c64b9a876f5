"""What was asked before is answered from memory, as long as nothing it depends on has changed."""

import gzip
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import answers, create_app
from dashboard.pages import alerts, overview
from dashboard.shell import EXTENSION
from ingest.model import snapshot as layout
from ingest.settings import Settings


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were drawn."""
    paths: list[str] = []
    for page in (overview, alerts):

        def layout_of(*args: Any, page: Any = page, before: Any = page.layout, **given: Any) -> Any:
            paths.append(page.PATH)
            return before(*args, **given)

        monkeypatch.setattr(page, "layout", layout_of)
    return paths


def _ask(client: FlaskClient, path: str = "/", query: str = "", address: str = "127.0.0.1") -> dict[str, Any]:
    state = {"path": path, "query": query, "figure": "", "dark": False, "narrow": False, "drawn": True}
    body = {
        "output": "frame.children",
        "outputs": {"id": "frame", "property": "children"},
        "inputs": [{"id": "address", "property": "data", "value": state}],
        "changedPropIds": ["address.data"],
    }
    answer = client.post(
        answers.ROUTE, json=body, headers={"Accept-Encoding": "gzip"}, environ_base={"REMOTE_ADDR": address}, base_url="http://127.0.0.1"
    )
    assert answer.status_code == 200 and answer.headers["Content-Encoding"] == "gzip"
    told: dict[str, Any] = json.loads(gzip.decompress(answer.data))
    return told


def test_the_same_question_is_drawn_once(settings: Settings, drawn: list[str]) -> None:
    """And answered alike; another question is drawn."""
    client = create_app(settings).server.test_client()
    first = _ask(client)
    assert _ask(client) == first and drawn == ["/"]
    assert _ask(client, query="lang=ar") != first and drawn == ["/", "/"]


def test_a_few_are_drawn_at_a_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others wait for their turn, and nobody is forgotten."""
    at_work, most = 0, 0

    def layout_of(*args: Any, before: Any = overview.layout, **given: Any) -> Any:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        time.sleep(0.05)
        at_work -= 1
        return before(*args, **given)

    monkeypatch.setattr(overview, "layout", layout_of)
    app = create_app(settings)
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda n: _ask(app.server.test_client(), query=f"from=2024-11-{n:02}"), range(1, 13)))
    assert len(told) == 12 and 1 < most <= answers.AT_ONCE


def test_another_snapshot_is_drawn(settings: Settings, drawn: list[str], write_snapshot: Callable[..., Path]) -> None:
    """The next publication is seen by the next request."""
    client = create_app(settings).server.test_client()
    first = _ask(client)
    write_snapshot(settings.published, rows=40)
    assert layout.current(settings.published / "syria-2024") is not None
    assert _ask(client) != first and drawn == ["/", "/"]


def test_who_may_rule_is_not_shown_what_others_are(settings: Settings, drawn: list[str]) -> None:
    """The same address from this machine and from another is two questions."""
    client = create_app(replace(settings, review="local", database=f"sqlite:///{settings.data / 'ledger.sqlite'}")).server.test_client()
    (settings.data / "ledger.sqlite").touch()
    _ask(client)
    _ask(client, address="203.0.113.9")
    assert drawn == ["/", "/"]


def test_an_answer_holds_until_sources_are_less_fresh(settings: Settings, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of the age of the data is true."""
    app = create_app(settings)
    db = app.server.extensions[EXTENSION].snapshots.open(settings.crisis)
    newest = db.rows("SELECT max(changed_at) FROM published_sources")[0][0].replace(tzinfo=UTC)
    for later in (timedelta(minutes=1), timedelta(minutes=3), timedelta(days=400)):
        monkeypatch.setattr(answers, "now", lambda later=later: newest + later)
        _ask(app.server.test_client())
    assert drawn == ["/", "/"]


def test_what_people_write_is_always_drawn(settings: Settings, drawn: list[str]) -> None:
    """The page of alerts is as the ledger is at that moment."""
    client = create_app(settings).server.test_client()
    _ask(client, "/alerts")
    _ask(client, "/alerts")
    assert drawn == ["/alerts", "/alerts"]


def test_a_crisis_whose_file_comes_later_is_shown_without_a_restart(
    settings: Settings, drawn: list[str], write_snapshot: Callable[..., Path]
) -> None:
    """With the next answer after it is published: in the list of crises, also where that was drawn before, and at its own address."""
    client = create_app(settings).server.test_client()
    before = json.dumps(_ask(client))
    folder = settings.data / "crises"
    file = (folder / "syria-2024.toml").read_text(encoding="utf-8").replace('"syria-2024"', '"vale"').replace("A crisis", "The vale")
    (folder / "vale.toml").write_text(file, encoding="utf-8")
    assert _ask(client) == json.loads(before) and "The vale" not in before
    write_snapshot(settings.published, crisis="vale")
    assert "The vale" in json.dumps(_ask(client)) and "The vale" in json.dumps(_ask(client, query="crisis=vale"))
    assert drawn == ["/", "/", "/"]


def test_a_crisis_file_that_is_broken_later_leaves_what_was_read(settings: Settings) -> None:
    """Until it is mended, also where it is the one in force; the new title is then seen."""
    client, path = create_app(settings).server.test_client(), settings.data / "crises" / "syria-2024.toml"
    said = path.read_text(encoding="utf-8")
    path.write_text("title = ", encoding="utf-8")
    assert "A crisis" in json.dumps(_ask(client, query="lang=en"))
    path.write_text(said.replace("A crisis", "A crisis renamed"), encoding="utf-8")
    assert "A crisis renamed" in json.dumps(_ask(client, query="lang=en"))
