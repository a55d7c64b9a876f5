"""Where things are and what is configured. Read once, from the environment and `settings.toml`, never at import.

Environment: CROSSCOUNT_DATA (data folder), CROSSCOUNT_CRISIS (crisis id), CROSSCOUNT_DATABASE (SQLAlchemy URL),
CROSSCOUNT_REVIEW (who may write decisions in the app: local, on or off),
CROSSCOUNT_COPIES (who may have archived copies there: the same words, or whoever may write decisions),
CROSSCOUNT_PUBLISHED (where snapshots are: a folder, or an object store such as s3://bucket/prefix),
CROSSCOUNT_PREFIX (the path a proxy shows the app under), CROSSCOUNT_PROXY (the proxy whose word is taken for scheme and reader);
any setting a source needs (such as RELIEFWEB_APPNAME) comes from the environment or the `[sources]` table of
`settings.toml` in the data folder, the environment first. SECOND_READER_ADDRESS, _MODEL and _KEY may also stand there as
`address`, `model` and `key` of a table `[second_reader]`. How long archived bytes stay is said in `[retention]`,
who is told of alerts in `[alerts]`.

What the environment could say may also stand in files, one for each setting and named like it, in the folder that CROSSCOUNT_SECRETS
names (as Docker and Kubernetes mount secrets), or systemd's CREDENTIALS_DIRECTORY. The environment goes first.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from ingest.errors import SettingsError

DEFAULT_CRISIS = "syria-2024"
REVIEWS = ("local", "on", "off")
SECRETS = ("CROSSCOUNT_SECRETS", "CREDENTIALS_DIRECTORY")
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")  # of a setting; a secret's file may be in small letters
_PREFIX = re.compile(r"(/[\w.~-]+)*")
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is written to; `shipped` holds what came with the program (crises, gazetteer, sample).

    `review` is who may write decisions in the app, one of `REVIEWS`: whoever sits at this machine, whoever reaches the pages, nobody.
    `copies` is who may have archived copies of reports, in the same words; empty for the same people.
    `published` is the folder that snapshots are read from and written to. `store` is the address of the object store that they are
    handed on to and fetched from, empty where the folder is all there is. `prefix` is the path a proxy shows the app under, such as
    `/crosscount`; empty for the root of a host. `proxy` is the address of the one proxy that is believed when it says for whom and by
    which scheme it asks, `*` for whoever connects, empty for nobody.
    """

    data: Path
    shipped: Path
    crisis: str
    database: str
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    review: str = "local"
    copies: str = ""
    retention: Mapping[str, Any] = field(default_factory=dict)
    alerts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    elsewhere: Path | None = None
    store: str = ""
    prefix: str = ""
    proxy: str = ""

    @property
    def raw(self) -> Path:
        """The archive of fetched bytes."""
        return self.data / "raw"

    @property
    def published(self) -> Path:
        """Snapshots and the pointer to the current one: in the data folder, or `elsewhere` where that is set."""
        return self.elsewhere or self.data / "published"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.data / "writer.lock"

    @property
    def restoring(self) -> Path:
        """Where a backup is unpacked; there only while one is put in place."""
        return self.data / ".restoring"

    @property
    def crisis_file(self) -> Path:
        """The crisis configuration: the user's own in the data folder first, then a shipped one."""
        for folder in (self.data / "crises", self.shipped / "crises"):
            if (folder / f"{self.crisis}.toml").is_file():
                return folder / f"{self.crisis}.toml"
        known = sorted(p.stem for p in (self.shipped / "crises").glob("*.toml"))
        raise SettingsError(f"There is no crisis {self.crisis!r}; known are: {', '.join(known)}.")

    @property
    def organisations_file(self) -> Path:
        """Organisations known in every crisis: UN bodies, wires, monitors of the world."""
        return self.shipped / "organisations.toml"


def shipped_data() -> Path:
    """The tracked `data/` of a checkout, or the copy inside an installed package."""
    checkout = _PACKAGE.parent / "data"
    return checkout if (checkout / "crises").is_dir() else _PACKAGE / "_data"


def load(environ: Mapping[str, str], data: Path | None = None) -> Settings:
    """Read the settings. Raises `SettingsError` when `settings.toml` is not valid TOML or a setting is none of its words."""
    told = {**secrets(environ), **environ}
    shipped = shipped_data()
    default = shipped if shipped.parent == _PACKAGE.parent else Path(platformdirs.user_data_dir("crosscount", appauthor=False))
    folder = (data or Path(told.get("CROSSCOUNT_DATA") or default)).expanduser().resolve()
    stored = read_file(folder / "settings.toml")
    second = {f"SECOND_READER_{k.upper()}": str(v) for k, v in stored.get("second_reader", {}).items()}
    keys = {**{k.upper(): str(v) for k, v in stored.get("sources", {}).items()}, **second, **told}
    copies = told.get("CROSSCOUNT_COPIES") or str(stored.get("copies", ""))
    published = told.get("CROSSCOUNT_PUBLISHED") or str(stored.get("published", ""))
    return Settings(
        data=folder,
        shipped=shipped,
        crisis=told.get("CROSSCOUNT_CRISIS") or str(stored.get("crisis", DEFAULT_CRISIS)),
        database=told.get("CROSSCOUNT_DATABASE") or database_of(stored, folder),
        keys=keys,
        review=_who("CROSSCOUNT_REVIEW", told.get("CROSSCOUNT_REVIEW") or str(stored.get("review", REVIEWS[0]))),
        copies=_who("CROSSCOUNT_COPIES", copies) if copies else "",
        retention=stored.get("retention", {}),
        alerts=stored.get("alerts", {}),
        elsewhere=(folder / Path(published).expanduser()).resolve() if published and "://" not in published else None,
        store=published if "://" in published else "",
        prefix=_prefix(told.get("CROSSCOUNT_PREFIX") or str(stored.get("prefix", ""))),
        proxy=told.get("CROSSCOUNT_PROXY") or str(stored.get("proxy", "")),
    )


def secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """Settings that stand in files of their own, by the name of the file. Raises `SettingsError` where one cannot be read."""
    named = next(((name, environ[name]) for name in SECRETS if environ.get(name)), None)
    if named is None:
        return {}
    try:
        files = [path for path in sorted(Path(named[1]).iterdir()) if _NAME.fullmatch(path.name.upper()) and path.is_file()]
        return {path.name.upper(): path.read_text(encoding="utf-8").rstrip("\r\n") for path in files}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{named[0]} is {named[1]}, which cannot be read ({error}); it is a folder of secrets, one a file.") from error


def _who(name: str, said: str) -> str:
    if said not in REVIEWS:
        raise SettingsError(f"{name} is {said!r}; it is one of {', '.join(REVIEWS)}.")
    return said


def _prefix(said: str) -> str:
    prefix = said.rstrip("/")
    if not _PREFIX.fullmatch(prefix):
        raise SettingsError(f"CROSSCOUNT_PREFIX is {said!r}; it is a path such as /crosscount.")
    return prefix


def database_of(stored: Mapping[str, Any], folder: Path) -> str:
    """The ledger that a settings.toml of a data folder names, or that stands there of itself."""
    return str(stored.get("database", f"sqlite:///{folder / 'ledger.sqlite'}"))


def read_file(path: Path) -> dict[str, Any]:
    """The table of a settings.toml, empty where there is none. Raises `SettingsError`."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML ({error}); correct or remove it.") from error
