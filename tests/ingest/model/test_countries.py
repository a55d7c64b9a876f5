"""Countries beyond the places of a crisis have a name in each language."""

import tomllib
from importlib.resources import files

import pytest

from ingest.model.countries import country


@pytest.mark.parametrize("lexicon", ["en", "ar"])
def test_every_country_that_is_read_has_a_name_in_each_language(lexicon: str) -> None:
    """Whatever a report calls it."""
    table = tomllib.loads(files("ingest.extract").joinpath(f"lexicon/{lexicon}/countries.toml").read_text(encoding="utf-8"))
    read = [*table["country"], *table["territory"]]
    assert not [name for name in read if not all(country(name, language) for language in ("en", "ar", "fr"))]


def test_a_country_is_known_by_any_of_its_names() -> None:
    """In another language, by a short form, with its article, in any case."""
    assert {country(name, "fr") for name in ("Iraq", "العراق", "IRAK", "iraq")} == {"Irak"}
    assert country("the UAE", "ar") == country("United Arab Emirates", "ar") == "الإمارات العربية المتحدة"
    assert country("Ivory Coast", "en") == "Côte d'Ivoire"


def test_what_is_no_country_has_no_name() -> None:
    """A part of one is no country either."""
    assert (country("northern Syria", "fr"), country("", "fr"), country("Iraq", "tr")) == ("", "", "")
