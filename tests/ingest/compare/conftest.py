"""Hand-made tables of figures: a claim is written as a line a reader can check by eye."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from ingest.compare import DEFAULT, About, Rules, compare
from ingest.model.schema import FIGURES

Claim = dict[str, Any]
Verdicts = pd.DataFrame

# (id, English, Arabic, level, lies in, first-level division, latitude, longitude)
GAZETTEER = [
    ("C", "Country", "البلد", 0, "", "", None, None),
    ("IDL", "Idlib", "إدلب", 1, "C", "IDL", None, None),
    ("ALP", "Aleppo", "حلب", 1, "C", "ALP", None, None),
    ("HAM", "Hama", "حماة", 1, "C", "HAM", None, None),
    ("HOM", "Homs", "حمص", 1, "C", "HOM", None, None),
    ("RAQ", "Raqqa", "الرقة", 1, "C", "RAQ", None, None),
    ("HAS", "Hasakeh", "الحسكة", 1, "C", "HAS", None, None),
    ("IDL1", "Idlib district", "منطقة إدلب", 2, "IDL", "IDL", None, None),
    ("idlib-city", "Idlib city", "مدينة إدلب", 4, "IDL1", "IDL", 35.93, 36.63),
    ("ariha", "Ariha", "أريحا", 4, "IDL1", "IDL", 35.81, 36.61),
    ("ALP1", "Aleppo district", "منطقة حلب", 2, "ALP", "ALP", None, None),
    ("aleppo-city", "Aleppo city", "مدينة حلب", 3, "ALP1", "ALP", 36.2, 37.13),
    ("university", "Aleppo University", "جامعة حلب", 4, "aleppo-city", "ALP", 36.21, 37.11),
    ("hospital", "Aleppo University Hospital", "مشفى جامعة حلب", 4, "aleppo-city", "ALP", 36.215, 37.12),
    ("hamdaniyah", "Hamdaniyah", "الحمدانية", 4, "aleppo-city", "ALP", 36.19, 37.09),
    ("far-suburb", "Far suburb", "ضاحية بعيدة", 4, "aleppo-city", "ALP", 36.4, 37.4),
]
PRECISION = {0: "country", 1: "governorate", 2: "district", 3: "city_or_town", 4: "city_or_town"}
SITES = {"university", "hospital", "hamdaniyah", "far-suburb"}

ORGANISATIONS = [
    ("sohr", "SOHR", "المرصد السوري", "monitor", ""),
    ("snhr", "SNHR", "الشبكة السورية", "monitor", ""),
    ("ocha", "OCHA", "أوتشا", "un", ""),
    ("ohchr", "OHCHR", "مفوضية حقوق الإنسان", "un", ""),
    ("unhcr", "UNHCR", "مفوضية اللاجئين", "un", ""),
    ("wfp", "WFP", "برنامج الأغذية العالمي", "un", ""),
    ("white_helmets", "White Helmets", "الخوذ البيضاء", "rescue", ""),
    ("sana", "SANA", "سانا", "state", "government_and_allies"),
    ("army", "Army command", "قيادة الجيش", "state", "government_and_allies"),
    ("centre", "Reconciliation centre", "مركز المصالحة", "party", "government_and_allies"),
    ("hts", "HTS", "هيئة تحرير الشام", "party", "opposition_and_allies"),
    ("daanes", "DAANES", "الإدارة الذاتية", "party", "sdf_and_allies"),
    ("health", "Health directorate", "مديرية الصحة", "rescue", ""),
    ("afp", "AFP", "فرانس برس", "media", ""),
    ("dpa", "dpa", "د ب أ", "media", ""),
    ("trt", "TRT World", "تي آر تي", "media", ""),
    ("aa", "AA", "الأناضول", "media", ""),
]
SIDES = {
    "government_and_allies": {"en": "government and allies", "ar": "الحكومة وحلفاؤها"},
    "opposition_and_allies": {"en": "opposition and allies", "ar": "المعارضة وحلفاؤها"},
    "sdf_and_allies": {"en": "SDF and allies", "ar": "قسد وحلفاؤها", "fr": "FDS et alliés"},
}
VAGUE = {"dozens": (12, 99), "tens": (10, 99), "عشرات": (10, 99), "hundreds": (100, 999), "tens of thousands": (10_000, 99_999)}


def _value(written: "int | str") -> Claim:
    """The value columns of a number written as a report writes it."""
    text = str(written)
    if text in VAGUE:
        low, high = VAGUE[text]
        return _numbers(text, "vague", low, None, high)
    if text == "a number":
        return _numbers(text, "vague", 2, None, None, open_high=True)
    if found := re.fullmatch(r"(\d+)-(\d+)", text):
        return _numbers(text, "range", int(found[1]), None, int(found[2]))
    hedge, number = re.fullmatch(r"(\D*)(\d+)", text).groups()  # type: ignore[union-attr]
    stated = int(number)
    rounded = -(-stated // 10)
    return {
        "": lambda: _numbers(text, "exact", stated, stated, stated),
        "at least ": lambda: _numbers(text, "at_least", stated, stated, None, open_high=True),
        "more than ": lambda: _numbers(text, "more_than", stated + 1, stated, None, open_high=True),
        "about ": lambda: _numbers(text, "about", stated - rounded, stated, stated + rounded),
        "up to ": lambda: _numbers(text, "up_to", 0, None, stated),
    }[hedge]()


def _numbers(text: str, qualifier: str, low: int, best: int | None, high: int | None, *, open_high: bool = False) -> Claim:
    return {
        "value_text": text, "qualifier": qualifier, "value_low": low, "value_best": best, "value_high": high,
        "interval_open_high": open_high, "value_status": "stated",
    }  # fmt: skip


def _place(name: str) -> Claim:
    """One place of the gazetteer, or several first-level divisions joined by +; empty for none."""
    if not name:
        return {}
    if "+" in name:
        return {"coverage_area": name.replace("+", ";"), "place_precision": "region_informal", "place_text": name}
    _, english, _, level, _, division, lat, lon = next(row for row in GAZETTEER if row[0] == name)
    return {
        "place_id": name, "place_name": english, "place_text": english, "adm_level": level, "adm1_id": division,
        "coverage_area": division, "lat": lat, "lon": lon, "place_precision": "site" if name in SITES else PRECISION[level],
    }  # fmt: skip


def make_claim(source: str, value: "int | str", place: str = "IDL+ALP", **given: Any) -> Claim:
    """One figure: a running total of civilians killed since 27 November as of 1 December 2024, unless said otherwise.

    Days are written as (month, day) of 2024. `since`, `on`, `as_of` and `published` set the window start, the event day, the as-of
    day and the day of publication (else the as-of day); a claim with `on` and no kind is an incident. `part` names the figure it
    is a part of, and then stands in its text.
    """
    row: Claim = {column.name: None for column in FIGURES}
    published = given.pop("published", None)
    kind = given.pop("kind", "incident" if "on" in given else "cumulative")
    as_of = date(2024, *given.pop("as_of", given.get("on", (12, 1))))
    publisher = given.pop("publisher", source)
    told_apart = (source, publisher, value, as_of, *(given.get(name, "") for name in ("metric", "kind", "group_status", "group_side")))
    identity = given.pop("id", None) or "f-" + "-".join(map(str, told_apart))
    row |= {
        "figure_id": identity, "document_id": f"d-{identity}", "crisis": "test", "metric": "killed", "kind": kind,
        "group_status": "civilian", "publisher": publisher, "claimed_source": source, "independence_group": source,
        "interest": "third_party", "unit": "person", "as_of": as_of, "as_of_inferred": False, "place_role": "location",
        "published_at": datetime(2024, *(published or (as_of.month, as_of.day)), 12, tzinfo=UTC), "counting_basis": "unknown",
        "review": "machine", "parts_complete": False, "language": "en", "quote": f"{value} …",
    }  # fmt: skip
    row |= _value(value) | _place(place)
    if kind in ("cumulative", "period"):
        since = given.pop("since", (11, 27))
        row["window_start"] = date(2024, *since) if since else None
        row["window_end"] = as_of
    if "on" in given:
        row["event_start"] = row["event_end"] = date(2024, *given.pop("on"))
    if "part" in given:
        row["parent_figure_id"] = given.pop("part")
        row["part_of"] = given.pop("part_of", "subset")
        row["document_id"] = f"d-{row['parent_figure_id']}"
    unknown = set(given) - set(row)
    assert not unknown, f"no such column: {unknown}"
    return row | given


def organisations_table() -> pd.DataFrame:
    """The organisations of the tests, as published."""
    rows = [
        {
            "organisation": one,
            "name_en": short,
            "name_ar": arabic,
            "short": short,
            "kind": kind,
            "side": side,
            "definition": "",
            "address": "",
        }
        for one, short, arabic, kind, side in ORGANISATIONS
    ]
    return pd.DataFrame(rows)


def places_table() -> pd.DataFrame:
    """The places of the tests, as published."""
    names = ["place_id", "name_en", "name_ar", "adm_level", "parent_id", "adm1_id", "lat", "lon"]
    return pd.DataFrame(GAZETTEER, columns=names)


def table_of(claims: list[Claim]) -> pd.DataFrame:
    """A list of claims as the published table of figures."""
    return pd.DataFrame(claims, columns=[column.name for column in FIGURES])


def run(claims: list[Claim], rules: Rules = DEFAULT) -> Verdicts:
    """The discrepancies of a list of claims."""
    return compare(table_of(claims), rules, organisations=organisations_table(), places=places_table(), sides=SIDES)


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    """Writes one figure."""
    return make_claim


@pytest.fixture(scope="session")
def figures() -> Callable[[list[Claim]], pd.DataFrame]:
    """A list of claims as the published table of figures."""
    return table_of


@pytest.fixture(scope="session")
def verdicts() -> Callable[..., Verdicts]:
    """Compares a list of figures."""
    return run


@pytest.fixture(scope="session")
def code() -> Callable[..., str]:
    """Compares exactly two figures and gives the code of their verdict; "" where there is none."""

    def between(first: Claim, second: Claim, rules: Rules = DEFAULT) -> str:
        found = run([first, second], rules)
        assert len(found) <= 1, found[["code", "value_a", "value_b"]]
        return "" if found.empty else str(found["code"].iloc[0])

    return between


@pytest.fixture(scope="session")
def about() -> About:
    """What a comparison of the tests rests on beside the figures."""
    return About(organisations=organisations_table(), places=places_table(), sides=SIDES)
