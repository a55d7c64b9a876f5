"""Who may rule on a discrepancy, and what a ruling needs."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.review import Asked, Closed, closed, sees_copies
from ingest.settings import Settings, load

HERE = Asked("127.0.0.1", "127.0.0.1:8050", "http://127.0.0.1:8050")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with a ledger file in it."""
    (tmp_path / "ledger.sqlite").touch()
    return Settings(tmp_path, tmp_path, "tiny", f"sqlite:///{tmp_path / 'ledger.sqlite'}")


@pytest.mark.parametrize(
    ("review", "asked", "why"),
    [
        ("local", HERE, None),
        ("local", Asked("::1", "localhost:8050"), None),
        ("local", replace(HERE, origin=""), None),
        ("local", Asked("192.0.2.7", "127.0.0.1:8050"), Closed.NOT_LOCAL),
        ("local", Asked("127.0.0.1", "figures.example.org"), Closed.NOT_LOCAL),
        ("local", replace(HERE, forwarded=True), Closed.NOT_LOCAL),
        ("on", Asked("192.0.2.7", "figures.example.org", "https://figures.example.org", forwarded=True), None),
        ("on", Asked("192.0.2.7", "figures.example.org", "https://evil.example"), Closed.ELSEWHERE),
        ("on", replace(HERE, origin="null"), Closed.ELSEWHERE),
        ("local", replace(HERE, origin="http://127.0.0.1:9999"), Closed.ELSEWHERE),
        ("off", HERE, Closed.OFF),
    ],
)
def test_who_may_write_a_ruling(settings: Settings, review: str, asked: Asked, why: Closed | None) -> None:
    """Whoever sits at this machine; everybody where that is set; nobody through another site's page."""
    assert closed(replace(settings, review=review), asked) is why


def test_without_a_ledger_nobody_rules(settings: Settings, tmp_path: Path) -> None:
    """A copy of the published folder alone has nowhere to keep a ruling, and asking makes no ledger; a server is asked on writing."""
    missing = tmp_path / "elsewhere" / "ledger.sqlite"
    assert closed(replace(settings, database=f"sqlite:///{missing}"), HERE) is Closed.NO_LEDGER
    assert not missing.parent.exists()
    assert closed(replace(settings, database="sqlite://"), HERE) is Closed.NO_LEDGER
    assert closed(replace(settings, database="postgresql://db.example/crosscount"), HERE) is None


def test_the_setting_is_one_of_its_words(tmp_path: Path) -> None:
    """From the environment or settings.toml; local where nothing is said."""
    assert load({}, tmp_path).review == "local"
    (tmp_path / "settings.toml").write_text('review = "off"\n', encoding="utf-8")
    assert load({}, tmp_path).review == "off"
    assert load({"CROSSCOUNT_REVIEW": "on"}, tmp_path).review == "on"
    with pytest.raises(SettingsError, match="it is one of local, on, off"):
        load({"CROSSCOUNT_REVIEW": "perhaps"}, tmp_path)
    (tmp_path / "settings.toml").write_text('review = ""\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="it is one of local, on, off"):
        load({}, tmp_path)


def test_copies_are_for_the_same_people_unless_their_setting_says_otherwise(settings: Settings, tmp_path: Path) -> None:
    """Without a ledger too, for nothing is written; another site's page never."""
    bare = replace(settings, database="sqlite://")
    assert sees_copies(bare, HERE)
    assert not sees_copies(replace(bare, review="off"), HERE)
    assert sees_copies(replace(bare, review="off", copies="local"), HERE)
    assert not sees_copies(replace(bare, review="on", copies="local"), replace(HERE, forwarded=True))
    assert not sees_copies(replace(bare, copies="on"), replace(HERE, origin="http://evil.example"))
    assert load({}, tmp_path).copies == ""
    (tmp_path / "settings.toml").write_text('copies = "local"\n', encoding="utf-8")
    assert load({}, tmp_path).copies == "local"
    assert load({"CROSSCOUNT_COPIES": "off"}, tmp_path).copies == "off"
    with pytest.raises(SettingsError, match="CROSSCOUNT_COPIES is 'all'; it is one of local, on, off"):
        load({"CROSSCOUNT_COPIES": "all"}, tmp_path)
