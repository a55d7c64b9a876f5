"""How old the data of an open page are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import query, shell
from dashboard.app import create_app
from dashboard.shell import Screen
from dashboard.state import Filters
from ingest.settings import Settings

CHANGED = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # when the only source that is asked had something new; its cadence is a day


@pytest.mark.parametrize("hours,stale", [(1, False), (47, False), (49, True), (24 * 90, True)])
def test_data_are_old_when_every_source_that_is_asked_is_overdue(db: query.Snapshot, hours: int, stale: bool) -> None:
    """Twice its own cadence: a report that is merely due is no alarm. What is told is when anything new came last."""
    assert query.stale_since(db, CHANGED + timedelta(hours=hours)) == (CHANGED if stale else None)


def test_a_page_learns_of_newer_data_and_of_old_ones(client: FlaskClient) -> None:
    """In the language of the page, with the time of the data; about the snapshot it shows there is nothing newer."""
    told = client.get("/age.json?snapshot=000000001-0123456789ab")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.json == {
        "newer": "Newer data, published 24 Nov 2026, 09:00 (UTC+3)",
        "old": "Old data: published 24 Nov 2026, 09:00 (UTC+3), nothing new since 22 Nov 2026, 09:00 (UTC+3)",
    }
    current = client.get("/readyz").json["snapshot"]
    assert client.get(f"/age.json?snapshot={current}&lang=ar").json["newer"] == ""
    assert "بيانات قديمة" in client.get(f"/age.json?snapshot={current}&lang=ar").json["old"]


def test_a_crisis_that_has_ended_does_not_get_old(
    tmp_path: Path, make_settings: Callable[[Path], Settings], write_snapshot: Callable[..., Path]
) -> None:
    """Its sources owe nothing new; where nothing is published there is nothing to tell."""
    settings = make_settings(tmp_path)
    app = create_app(settings)
    assert app.server.test_client().get("/age.json?snapshot=x").json == {"newer": "", "old": ""}
    write_snapshot(settings.published)
    crisis = tmp_path / "crises" / "syria-2024.toml"
    crisis.write_text(crisis.read_text("utf-8").replace("start = 2024-11-27", "start = 2024-11-27\nend = 2024-12-31"), encoding="utf-8")
    assert create_app(settings).server.test_client().get("/age.json?snapshot=x").json["old"] == ""


def test_a_page_of_old_data_says_so_unless_the_day_was_chosen(client: FlaskClient) -> None:
    """As known on a day everything is old by choice, and its own banner says so."""
    with client.application.test_request_context():
        banners = [shell.old_banner(shell.desk().look_at("/", Filters.from_query(given), Screen())) for given in ("", "known=2024-12-02")]
    assert banners[0] is not None
    assert banners[1] is None
