"""Answers are compressed once, kept by the browser, and come from this host only."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs_version

from dashboard.app import assets_folder, create_app
from dashboard.app.delivery import Shelf, chart_library
from ingest.errors import SettingsError
from ingest.settings import Settings


def _scripts(client: FlaskClient) -> list[str]:
    return re.findall(r'<script src="([^"]+)"', client.get("/").text)


def _charts(client: FlaskClient) -> str:
    return re.findall(r'name="crosscount-charts" content="([^"]+)"', client.get("/").text)[0]


def test_nothing_is_loaded_from_another_host(client: FlaskClient) -> None:
    """Every address in the document is of this host, and the policy forbids any other."""
    page = client.get("/")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self'( 'sha256-[^']+')+;", policy)


def test_the_policy_allows_the_one_inline_script_there_is(client: FlaskClient) -> None:
    """The renderer's line is the only script without an address."""
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.+?)</script>", client.get("/").text)
    assert len(inline) == 1


def test_scripts_are_compressed_and_kept_for_good(client: FlaskClient) -> None:
    """Fingerprinted files come in brotli and are never asked for again."""
    script = next(script for script in _scripts(client) if "react-dom" in script)
    answer = client.get(script, headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"React" in brotli.decompress(answer.data)


def test_the_part_that_draws_is_kept_for_an_hour(client: FlaskClient) -> None:
    """Dash's scripts ask for it without a version: a second visit waits for no answer before its chart."""
    answer = client.get("/_dash-component-suites/dash/dcc/async-graph.js")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "public, max-age=3600"


def test_the_chart_library_is_the_installed_one(client: FlaskClient) -> None:
    """The script that draws, whole or small, is of plotly.py's version, under its digest, in gzip where brotli is not understood."""
    answer = client.get(_charts(client), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    header = gzip.decompress(answer.data)[:400].decode()
    assert re.search(rf"plotly\.js( \(cartesian - minified\))? v{re.escape(get_plotlyjs_version())}$", header, re.MULTILINE)
    plain = client.get(_charts(client), headers={"Accept-Encoding": "identity"})
    assert len(plain.data) > 3 * len(answer.data)


def test_an_old_address_of_the_chart_library_is_gone(client: FlaskClient) -> None:
    """Another digest is another file."""
    assert client.get("/_charts/0000.js").status_code == 404


def test_a_small_bundle_is_used_only_in_the_same_version(tmp_path: Path) -> None:
    """A bundle built for another plotly is passed over."""
    bundle = tmp_path / "vendor" / "plotly-cartesian.min.js"
    bundle.parent.mkdir()
    bundle.write_text(f"/**\n* plotly.js (cartesian - minified) v{get_plotlyjs_version()}\n*/", encoding="utf-8")
    assert chart_library(tmp_path).source == bundle
    bundle.write_text("/**\n* plotly.js (cartesian - minified) v1.2.3\n*/", encoding="utf-8")
    assert chart_library(tmp_path).source.name == "plotly.min.js"


def test_a_known_file_is_not_sent_twice(client: FlaskClient) -> None:
    """A browser that names the version it has gets 304 and no bytes."""
    address = "/assets/icon.svg"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_table_and_grid_kits_are_not_sent(client: FlaskClient) -> None:
    """Scripts no page uses are left out of the document."""
    assert not [script for script in _scripts(client) if "dash_table" in script or "ag_grid" in script]


def test_what_asks_for_the_page_stands_before_everything_that_is_waited_for(client: FlaskClient) -> None:
    """One script, with its version, before the styles; the others stand at the end."""
    head, body = client.get("/").get_data(as_text=True).split("</head>")
    assert re.search(r'<script src="/assets/js/ahead\.js\?m=[\d.]+"></script>', head.split("stylesheet")[0])
    assert head.count("<script") == 1
    assert "ahead.js" not in body
    assert "/assets/js/address.js?" in body


@pytest.mark.parametrize("lang,direction", [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr"), ("de", "ltr")])
def test_the_document_has_a_language_and_a_direction(client: FlaskClient, lang: str, direction: str) -> None:
    """Screen readers and browsers know the language before any script runs; one that is not spoken falls back to English."""
    page = client.get(f"/?lang={lang}").text
    assert f'<html lang="{"en" if lang == "de" else lang}" dir="{direction}"' in page


def test_the_finding_stands_in_the_document(client: FlaskClient) -> None:
    """The first words of a page need no script."""
    assert ">4 independent voices count 75 to 149 civilians killed</h1>" in client.get("/?metric=killed").text


def test_words_of_the_address_are_escaped(client: FlaskClient) -> None:
    """What stands in the address cannot become markup of the document."""
    assert "<script>alert" not in client.get("/?q=<script>alert(1)</script>&place=<b>&theme=<i>").text


def test_another_protocol_cannot_be_switched_on_from_outside(
    make_settings: Callable[[Path], Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment does not add an MCP server to the app."""
    monkeypatch.setenv("DASH_MCP_ENABLED", "1")
    app = create_app(make_settings(tmp_path))
    assert not [rule for rule in app.server.url_map.iter_rules() if "mcp" in rule.rule]


def test_two_apps_do_not_share_anything(make_settings: Callable[[Path], Settings], tmp_path: Path, client: FlaskClient) -> None:
    """A second app in one process has its own callbacks and its own data."""
    second = create_app(make_settings(tmp_path)).server.test_client()
    assert second.get("/readyz").status_code == 503
    assert client.get("/readyz").status_code == 200
    assert second.get("/_dash-dependencies").json == client.get("/_dash-dependencies").json


def test_a_broken_translation_table_is_a_sentence(tmp_path: Path) -> None:
    """A table that is no JSON names its file and says what to do."""
    from dashboard.components.words import load_words  # noqa: PLC0415 - the one test that needs it

    (tmp_path / "en.json").write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"en\.json cannot be read"):
        load_words(tmp_path)


def test_the_assets_are_found(client: FlaskClient) -> None:
    """Styles and scripts of our own stand in the document with the time of their change."""
    page = client.get("/").text
    assert re.search(r"/assets/css/1-type\.css\?m=", page)
    assert (assets_folder() / "translations" / "en.json").is_file()


@pytest.mark.parametrize(
    "invented", ["/assets/icon.svg?m={}", "/assets/icon.svg?m=1&n={}", "/_dash-component-suites/dash/deps/react.v1m{}.min.js?"]
)
def test_versions_that_somebody_invents_take_no_memory(invented: str) -> None:
    """Of each file the version last asked for is kept, in each encoding."""
    shelf = Shelf()
    for version in range(20):
        body = f"version {version}".encode()
        assert gzip.decompress(shelf.compressed(invented.format(version), lambda: body, "gzip")) == body  # noqa: B023
        assert brotli.decompress(shelf.compressed(invented.format(version), lambda: body, "br")) == body  # noqa: B023
    assert len(shelf._kept) == 2
