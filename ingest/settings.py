"""Where things are and what is configured. Read once, from the environment and `settings.toml`, never at import.

Environment: CROSSCOUNT_DATA (data folder), CROSSCOUNT_CRISIS (crisis id), CROSSCOUNT_DATABASE (SQLAlchemy URL),
CROSSCOUNT_REVIEW (who may write decisions in the app: local, on or off);
any setting a source needs (such as RELIEFWEB_APPNAME) comes from the environment or the `[sources]` table of
`settings.toml` in the data folder, the environment first. SECOND_READER_ADDRESS, _MODEL and _KEY may also stand there as
`address`, `model` and `key` of a table `[second_reader]`. How long archived bytes stay is said in `[retention]`,
who is told of alerts in `[alerts]`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from ingest.errors import SettingsError

DEFAULT_CRISIS = "syria-2024"
REVIEWS = ("local", "on", "off")
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is written to; `shipped` holds what came with the program (crises, gazetteer, sample).

    `review` is who may write decisions in the app, one of `REVIEWS`: whoever sits at this machine, whoever reaches the pages, nobody.
    """

    data: Path
    shipped: Path
    crisis: str
    database: str
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    review: str = "local"
    retention: Mapping[str, Any] = field(default_factory=dict)
    alerts: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def raw(self) -> Path:
        """The archive of fetched bytes."""
        return self.data / "raw"

    @property
    def published(self) -> Path:
        """Snapshots and the pointer to the current one."""
        return self.data / "published"

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
    shipped = shipped_data()
    default = shipped if shipped.parent == _PACKAGE.parent else Path(platformdirs.user_data_dir("crosscount", appauthor=False))
    folder = (data or Path(environ.get("CROSSCOUNT_DATA") or default)).expanduser().resolve()
    stored = read_file(folder / "settings.toml")
    second = {f"SECOND_READER_{k.upper()}": str(v) for k, v in stored.get("second_reader", {}).items()}
    keys = {**{k.upper(): str(v) for k, v in stored.get("sources", {}).items()}, **second, **environ}
    review = environ.get("CROSSCOUNT_REVIEW") or str(stored.get("review", REVIEWS[0]))
    if review not in REVIEWS:
        raise SettingsError(f"CROSSCOUNT_REVIEW is {review!r}; it is one of {', '.join(REVIEWS)}.")
    return Settings(
        data=folder,
        shipped=shipped,
        crisis=environ.get("CROSSCOUNT_CRISIS") or str(stored.get("crisis", DEFAULT_CRISIS)),
        database=environ.get("CROSSCOUNT_DATABASE") or database_of(stored, folder),
        keys=keys,
        review=review,
        retention=stored.get("retention", {}),
        alerts=stored.get("alerts", {}),
    )


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
