"""The server before the app: under the path of a proxy, and what it takes a proxy's word for."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest
from waitress.task import ThreadedTaskDispatcher

from ingest.cli.logs import begin
from ingest.settings import Settings

Served = Callable[[Settings], AbstractContextManager[str]]


def _get(address: str, body: bytes | None = None, **headers: str) -> str:
    asked = Request(address, body, {name.replace("_", "-"): value for name, value in headers.items()})  # noqa: S310 -- a server of this test
    with urlopen(asked, timeout=60) as answer:  # noqa: S310
        text: str = answer.read().decode()
        return text


def test_under_a_prefix_every_address_of_a_page_has_it(settings: Settings, served: Served) -> None:
    """Whether the proxy takes the prefix off or leaves it on: document, scripts, links drawn by the server, files and probes."""
    with served(replace(settings, prefix="/numbers")) as site:
        for base in (site, f"{site}/numbers"):
            document = _get(f"{base}/compare?lang=ar")
            assert 'content="/numbers"' in document and 'src="/numbers/assets/js/address.js' in document
            assert ' href="/assets' not in document and ' src="/_' not in document
            assert json.loads(_get(f"{base}/readyz"))["status"] == "ok"
            assert "figure_id" in _get(f"{base}/export/figures.csv")
            state = {"path": "/", "query": "", "figure": ""}
            asked = {"output": "frame.children", "outputs": {"id": "frame", "property": "children"}, "changedPropIds": ["address.data"]}
            asked |= {"inputs": [{"id": "address", "property": "data", "value": state}]}
            links = _hrefs(json.loads(_get(f"{base}/_dash-update-component", json.dumps(asked).encode(), Content_Type="application/json")))
            assert len(links) > 20
            assert [link for link in links if link.startswith("/") and not link.startswith("/numbers/")] == []


def test_no_word_of_a_proxy_is_taken_unless_it_was_named(settings: Settings, served: Served) -> None:
    """Yet that a request was passed on is seen, since only who sits at this machine may rule."""
    said = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
    with served(settings) as site:
        seen = json.loads(_get(f"{site}/seen", **said))
    assert (seen["url"].partition(":")[0], seen["address"], seen["forwarded"]) == ("http", "127.0.0.1", True)


def test_the_named_proxy_is_believed(settings: Settings, served: Served) -> None:
    """For whom it asks, and by which scheme, so that what cites an address cites the public one. The host stays what was asked for."""
    said = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "elsewhere.example",
        "Host": "numbers.example",
    }
    with served(replace(settings, proxy="127.0.0.1", prefix="/x")) as site:
        seen = json.loads(_get(f"{site}/x/seen", **said))
    assert (seen["url"], seen["address"], seen["forwarded"]) == ("https://numbers.example/x/seen", "203.0.113.9", True)


def _hrefs(drawn: object) -> list[str]:
    if isinstance(drawn, dict):
        own = [drawn["href"]] if isinstance(drawn.get("href"), str) else []
        return [*own, *(link for value in drawn.values() for link in _hrefs(value))]
    return [link for value in drawn for link in _hrefs(value)] if isinstance(drawn, list) else []


def test_a_server_that_just_began_tells_of_no_queue(capsys: pytest.CaptureFixture[str]) -> None:
    """It counts its threads as busy until each has begun; the first request may be there before the first of them."""
    begin("plain")
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.start_new_thread = lambda target, number: None  # threads that a busy machine has not let begin
    dispatcher.set_thread_count(8)
    dispatcher.add_task(object())
    assert (len(dispatcher.queue), capsys.readouterr()) == (1, ("", ""))
