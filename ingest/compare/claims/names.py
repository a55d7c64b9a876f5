"""Names of organisations, sides and places, per language, from the published tables."""

from collections.abc import Mapping

import pandas as pd

from ingest.compare.claims.columns import texts


class Names:
    """Names per language; an identity without a name is said as it is."""

    def __init__(
        self, organisations: pd.DataFrame | None, places: pd.DataFrame | None, sides: Mapping[str, Mapping[str, str]] | None
    ) -> None:
        self._sides = sides or {}
        short = {"en": ("short", "name_en"), "ar": ("name_ar", "short"), "fr": ("short_fr", "short", "name_en")}
        self._organisations = _table(organisations, "organisation", short)
        self._places = _table(places, "place_id", {"en": ("name_en",), "ar": ("name_ar", "name_en"), "fr": ("name_fr", "name_en")})
        self._called = _called(organisations)

    def organisation(self, identity: str, language: str) -> str:
        """An organisation as people say it: by its short name in English and French, by its name in Arabic."""
        return self._organisations[language].get(identity) or identity.replace("_", " ")

    def place(self, identity: str, language: str) -> str:
        """A place of the gazetteer; empty where it holds none."""
        return self._places[language].get(identity, "")

    def side(self, identity: str, language: str, named_in: str) -> str:
        """A side of the conflict, or an organisation that is one, under whatever name it is called.

        Sides have labels in each language, organisations names in the language `named_in`.
        """
        labels = self._sides.get(identity, {})
        label = labels.get(language) or labels.get(named_in)
        return label or self.organisation(self._called.get(identity.casefold(), identity), named_in)


def _called(organisations: pd.DataFrame | None) -> dict[str, str]:
    """Organisations by every name the table gives them."""
    if organisations is None or not len(organisations):
        return {}
    identities = texts(organisations, "organisation")
    names = ("name_ar", "name_fr", "name_en", "short_ar", "short_fr", "short")
    return {
        str(word).casefold(): str(one) for name in names for one, word in zip(identities, texts(organisations, name), strict=True) if word
    }


def _table(frame: pd.DataFrame | None, key: str, columns: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {language: {} for language in columns}
    if frame is None or not len(frame):
        return found
    identities = texts(frame, key)
    for language, names in columns.items():
        for name in reversed(names):
            said = texts(frame, name)
            found[language] |= {str(one): str(word) for one, word in zip(identities, said, strict=True) if word}
    return found
