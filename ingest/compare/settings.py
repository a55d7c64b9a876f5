"""The rules a person may change: one table with name, unit, bounds and meaning, and how a value is written and read.

The same table serves crisis files (`[rules]`), `crosscount compare --rules` and `--set`, the drawer of the app and its address.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.compare.rules import DEFAULT, Rules, Vague
from ingest.errors import SettingsError
from ingest.model.advice import Advice
from ingest.model.crisis import LARGEST_HOUSEHOLD, Crisis, HouseholdFactor, household_factors, read_toml
from ingest.model.failures import say
from ingest.model.missettings import Missetting

RULES, FACTORS = "rules", "household_factor"  # tables of a file that holds rules
# One row of the household table: whose claims and of which days, where not of all, and people per household.
_FACTOR = re.compile(
    r"(?:(?P<source>[a-z0-9_]*)(?:@(?P<first>\d{4}-\d\d-\d\d)?\.\.(?P<last>\d{4}-\d\d-\d\d)?)?=)?"
    r"(?P<low>\d+(?:\.\d+)?)(?:[-–](?P<high>\d+(?:\.\d+)?))?"
)
_WHOLE = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d{1,6}(?:\.\d{1,6})?")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule as a person meets it: its name in files and addresses, and per language its label, unit and meaning in a sentence.

    Numbers go from `low` to `high`; `step` is 1 for whole ones, 0 where the value is a word of `choices` or an interval.
    """

    name: str
    label: Texts
    unit: Texts
    meaning: Texts
    low: float = 0
    high: float = 0
    step: float = 0
    choices: Mapping[str, Texts] = field(default_factory=dict)


@cache
def settings() -> Mapping[str, Setting]:
    """Every rule a person may change, by name, in the order they are shown."""
    table = tomllib.loads(files("ingest.compare").joinpath("settings.toml").read_text(encoding="utf-8"))
    return {row["name"]: Setting(**row) for row in table["setting"]}


def shown(rules: Rules, name: str) -> str:
    """A value as it is written in files and addresses: of households the rows of the table, empty where there is none."""
    if name == "household":
        return ";".join(map(_row, rules.household_factors))
    value = getattr(rules, name)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _row(factor: HouseholdFactor) -> str:
    days = [day.isoformat() if day else "" for day in (factor.valid_from, factor.valid_to)]
    whose = factor.source + (f"@{'..'.join(days)}" if any(days) else "")
    return (f"{whose}=" if whose else "") + "-".join(f"{end:.12g}" for end in sorted({factor.low, factor.high}))


def changed(rules: Rules, given: Mapping[str, object]) -> Rules:
    """The rules with some values replaced, written as in a file. Raises `SettingsError` with a sentence for the first that is wrong."""
    values: dict[str, Any] = {}
    for name, written in given.items():
        setting = settings().get(name)
        if setting is None:
            like = next(iter(difflib.get_close_matches(name, settings(), n=1)), "")
            if like:
                raise _wrong(Missetting.RULE_MISSPELT, wanted=repr(name), rule=like)
            raise _wrong(Missetting.RULE_UNKNOWN, wanted=repr(name), choices=", ".join(settings()))
        if name == "household":
            values["household_factors"] = _households(str(written), rules)
        else:
            values[name] = _read(setting, str(written).strip())
    found = replace(rules, **values)
    bands = [found.severity_moderate, found.severity_large, found.severity_extreme]
    if bands != sorted(bands):
        raise _wrong(Missetting.RULE_BANDS)
    return found


def _wrong(cause: Missetting, **values: object) -> SettingsError:
    return SettingsError(say(cause, within="", **values))


def _read(setting: Setting, written: str) -> object:
    told = {"rule": setting.name, "part": repr(written), "unit": setting.unit["en"]}
    if setting.choices:
        if written not in setting.choices:
            raise _wrong(Missetting.RULE_WORD, **told, choices=", ".join(setting.choices))
        return Vague(written)
    pattern, example = (_WHOLE, "2") if setting.step == 1 else (_DECIMAL, "0.25")
    if not pattern.fullmatch(written):
        raise _wrong(Missetting.RULE_WHOLE if setting.step == 1 else Missetting.RULE_NUMBER, **told, example=example)
    value = float(written)
    if not setting.low <= value <= setting.high:
        raise _wrong(Missetting.RULE_REACH, **told, low=f"{setting.low:g}", high=f"{setting.high:g}")
    return int(value) if setting.step == 1 else value


def _households(written: str, rules: Rules) -> tuple[HouseholdFactor, ...]:
    """The rows of a household table; those that stood there before keep what they cite."""
    cited = {_row(one): one.citation for one in rules.household_factors}
    rows = [_household(part) for part in re.sub(r"\s", "", written).split(";") if part]
    if not rows:
        raise _wrong(Missetting.RULE_NO_HOUSEHOLD, how=Advice.HOUSEHOLDS_LIKE)
    return tuple(replace(one, citation=cited.get(_row(one), one.citation)) for one in rows)


def _household(written: str) -> HouseholdFactor:
    found, told = _FACTOR.fullmatch(written), {"part": repr(written), "how": Advice.HOUSEHOLDS_LIKE}
    low, high = (float(found["low"]), float(found["high"] or found["low"])) if found else (0.0, 0.0)
    if found is None or not 1 <= low <= high <= LARGEST_HOUSEHOLD:
        raise _wrong(Missetting.RULE_HOUSEHOLD, **told, most=f"{LARGEST_HOUSEHOLD:g}")
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (found["first"], found["last"]))
    except ValueError as error:
        raise _wrong(Missetting.RULE_HOUSEHOLD_DAY, **told) from error
    if first and last and first > last:
        raise _wrong(Missetting.RULE_HOUSEHOLD_TURNED, **told)
    return HouseholdFactor(low, high, "Set in place of the crisis's table.", found["source"] or "", first, last)


def of_crisis(crisis: Crisis) -> Rules:
    """The rules a crisis is published with. Raises `SettingsError` naming the crisis file."""
    return _told(replace(DEFAULT, household_factors=crisis.household_factors), crisis.rules, f"{crisis.id}.toml")


def with_rules(crisis: Crisis, rules: Rules) -> Crisis:
    """The crisis as if its file set these rules."""
    return replace(crisis, rules=tables(rules)[RULES], household_factors=rules.household_factors)


def from_file(path: Path, rules: Rules) -> Rules:
    """The rules with what a TOML file sets: a table `[rules]`, and `[[household_factor]]` rows in place of those there were.

    Raises `SettingsError` naming the file.
    """
    table = read_toml(path)
    if RULES not in table and FACTORS not in table:
        raise SettingsError(f"{path.name} holds no rules; write them under [rules], and household factors under [[household_factor]].")
    return from_tables(table, rules, path.name)


def from_tables(table: Mapping[str, Any], rules: Rules, where: str) -> Rules:
    """The rules with what the tables `rules` and `household_factor` set. Raises `SettingsError` naming `where` they stand."""
    if FACTORS in table:
        rules = replace(rules, household_factors=household_factors(Path(where), table[FACTORS]))
    return _told(rules, table.get(RULES, {}), where)


def _told(rules: Rules, given: Mapping[str, object], where: str) -> Rules:
    try:
        return changed(rules, given)
    except SettingsError as error:
        raise SettingsError(f"{where}, [rules]: {error}") from error


def tables(rules: Rules) -> dict[str, Any]:
    """The rules as the tables `from_tables` reads; plain enough for JSON."""
    rows = [
        {"low": one.low, "high": one.high, "citation": one.citation, "source": one.source}
        | {name: day.isoformat() for name in ("valid_from", "valid_to") if (day := getattr(one, name)) is not None}
        for one in rules.household_factors
    ]
    return {RULES: {name: shown(rules, name) for name in settings() if name != "household"}, FACTORS: rows}
