"""Settings from the environment, from files of secrets, and from settings.toml."""

from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.settings import load


@pytest.mark.parametrize("name", ["CROSSCOUNT_SECRETS", "CREDENTIALS_DIRECTORY"])
def test_a_folder_of_secrets_says_what_the_environment_could(tmp_path: Path, name: str) -> None:
    """A file for each, in either case, without the end of its line; what the environment says goes first."""
    folder = tmp_path / "secrets"
    (folder / "..2026").mkdir(parents=True)  # as Kubernetes keeps what its links lead to
    (folder / "CROSSCOUNT_DATABASE").write_text("postgresql://app:p%40ss@db/crosscount\n", encoding="utf-8")
    (folder / "ucdp_token").write_text("of the file\r\n", encoding="utf-8")
    (folder / "smtp_password").write_text("of the file", encoding="utf-8")
    settings = load({name: str(folder), "SMTP_PASSWORD": "of the environment"}, tmp_path / "data")
    assert settings.database == "postgresql://app:p%40ss@db/crosscount"
    assert (settings.keys["UCDP_TOKEN"], settings.keys["SMTP_PASSWORD"]) == ("of the file", "of the environment")


def test_secrets_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A program that went on without its password would fail later, and less clearly."""
    with pytest.raises(SettingsError, match=r"CROSSCOUNT_SECRETS is .*nowhere.* a folder of secrets"):
        load({"CROSSCOUNT_SECRETS": str(tmp_path / "nowhere")}, tmp_path)


def test_published_is_a_folder_or_a_store(tmp_path: Path) -> None:
    """A folder is absolute or in the data folder; an address is a store, with the folder of the data beside it."""
    data = tmp_path.resolve()
    assert load({}, data).published == data / "published"
    assert load({"CROSSCOUNT_PUBLISHED": "/srv/shared/published"}, data).published == Path("/srv/shared/published").resolve()
    assert load({"CROSSCOUNT_PUBLISHED": "shown"}, data).published == data / "shown"
    store = load({"CROSSCOUNT_PUBLISHED": "s3://bucket/crosscount"}, data)
    assert (store.published, store.store) == (data / "published", "s3://bucket/crosscount")
    (data / "settings.toml").write_text('published = "elsewhere"\nprefix = "/numbers"\n', encoding="utf-8")
    assert (load({}, data).published, load({}, data).prefix) == (data / "elsewhere", "/numbers")


@pytest.mark.parametrize(("said", "prefix"), [("/crosscount/", "/crosscount"), ("/", ""), ("/a/b-c", "/a/b-c")])
def test_a_prefix_is_a_path(tmp_path: Path, said: str, prefix: str) -> None:
    """With or without its last stroke."""
    assert load({"CROSSCOUNT_PREFIX": said}, tmp_path).prefix == prefix


@pytest.mark.parametrize("said", ["crosscount", "/a b", "//x", "https://example.org/x", '/"><script>'])
def test_what_is_no_path_is_refused(tmp_path: Path, said: str) -> None:
    """It is written into every page."""
    with pytest.raises(SettingsError, match="CROSSCOUNT_PREFIX"):
        load({"CROSSCOUNT_PREFIX": said}, tmp_path)
