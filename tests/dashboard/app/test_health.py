"""Whether the app lives, has something to show, and speaks when there is nothing."""

import pytest
from flask.testing import FlaskClient

from dashboard.app import PAGES, create_app
from ingest.model import snapshot as layout
from ingest.settings import Settings


def test_alive_is_not_ready(client: FlaskClient, empty_client: FlaskClient) -> None:
    """The process answers without data; it is ready only with a snapshot."""
    assert empty_client.get("/healthz").json == {"status": "ok"}
    assert empty_client.get("/readyz").status_code == 503
    ready = client.get("/readyz").json
    assert ready is not None
    assert (ready["status"], ready["crisis"]) == ("ok", "syria-2024")


@pytest.mark.parametrize("path", ["/", "/compare", "/figures", "/sources"])
def test_pages_answer_with_and_without_data(client: FlaskClient, empty_client: FlaskClient, path: str) -> None:
    """An empty data folder is not an error."""
    assert client.get(path).status_code == 200
    assert empty_client.get(path).status_code == 200


@pytest.mark.parametrize(("language", "said"), [("en", "cannot be read"), ("ar", "تعذّرت قراءة ما نُشر"), ("fr", "n’a pas pu être lu")])
def test_what_is_published_and_damaged_is_not_called_unpublished(settings: Settings, language: str, said: str) -> None:
    """Page and file say that it cannot be read, and which command publishes it anew."""
    folder = layout.current(settings.published / settings.crisis)
    assert folder is not None
    for part in folder.rglob("*.parquet"):
        part.write_bytes(b"PAR1")
    client = create_app(settings).server.test_client()
    for path in ("/", "/export/figures.csv", "/watch.atom"):
        answer = client.get(f"{path}?lang={language}")
        assert said in answer.text
        assert "crosscount up" not in answer.text
    assert "crosscount publish" in client.get(f"/export/figures.csv?lang={language}").text


def test_an_unknown_page_is_a_document_with_status_404(client: FlaskClient) -> None:
    """A mistyped address gets the app, which says so, and the right status."""
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text


def test_an_unknown_file_is_a_sentence(client: FlaskClient) -> None:
    """An address below one of ours that does not exist answers in words."""
    answer = client.post("/export/figures.csv")
    assert answer.status_code == 405
    assert answer.text.strip() == "This address only answers to GET."


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The pages are: /, /compare"), ("ar", "الصفحات هي: \u2066/\u2069"), ("fr", "Les pages sont")]
)
def test_an_unknown_file_is_answered_with_the_pages_there_are(client: FlaskClient, language: str, said: str) -> None:
    """All of the navigation, in the language of the address."""
    answer = client.get(f"/assets/none.css?lang={language}")
    assert answer.status_code == 404
    assert said in answer.text
    assert all(page.PATH in answer.text for page in PAGES if page.NAME)


def test_a_request_that_is_no_callback_is_refused_in_words(client: FlaskClient) -> None:
    """A body that is not JSON is not understood, and says so without a traceback."""
    answer = client.post("/_dash-update-component", data=b"{", content_type="application/json")
    assert answer.status_code in {400, 500}
    assert "Traceback" not in answer.text
