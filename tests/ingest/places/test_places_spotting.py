"""What a text spotter gets: folded names, surface forms, and the ordinary words to leave alone."""

import re
import shutil
from pathlib import Path

import pytest

from ingest.places import Gazetteer, fold, fold_token


def spotted(gazetteer: Gazetteer, text: str) -> list[str]:
    """The spotter of the gazetteer's docstring, for capitalised or Arabic runs: names as written, longest first."""
    tokens = list(re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text))
    found, at = [], 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + gazetteer.max_words), at, -1):
            folded = [fold_token(token.group()) for token in tokens[at:end]]
            written = text[tokens[at].start() : tokens[end - 1].end()]
            known = folded[0] and folded[-1] and " ".join(filter(None, folded)) in gazetteer.by_folded
            if known and not written[0].islower() and not gazetteer.is_ordinary(written):
                found.append(written)
                at = end - 1
                break
        at += 1
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Three men were killed in Saraqeb and two near Jisr al-Shughour.", ["Saraqeb", "Jisr al-Shughour"]),
        ("Shelling of Deir-ez-Zor and Ma'arrat al-Nu'man", ["Deir-ez-Zor", "Ma'arrat al-Nu'man"]),
        ("The race for care: he will carry time well, said the July report of SANA.", []),
        ("Aleppo's residents fled", ["Aleppo's"]),
        ("Aleppo University's student housing was hit", ["Aleppo University's student housing"]),
        ("قصف على مدينة سراقب وريف حماة", ["سراقب", "حماة"]),
        ("استشهد طفل قرب باب المدرسة في الباب", ["الباب"]),
        ("وقف إطلاق النار في تشرين الثاني على العدوان", []),
    ],
)
def test_names_are_spotted_and_ordinary_words_are_not(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    """Runs of folded tokens find the longest names, and words that only look like places are left alone."""
    assert spotted(gazetteer, text) == names


def test_the_shipped_word_list_serves_places_elsewhere(shipped: Path, tmp_path: Path) -> None:
    """Places brought in to another folder are read with the shipped list of ordinary words, unless the folder has its own."""
    copy = Path(shutil.copy(shipped / "syr.csv", tmp_path))
    assert Gazetteer.load([copy]).is_ordinary("Merit")
    (tmp_path / "not-places.txt").write_text("# ours\nHama  # the verb\n", encoding="utf-8")
    assert not Gazetteer.load([copy]).is_ordinary("Merit")
    assert Gazetteer.load([copy]).is_ordinary("HAMA")


def test_every_surface_form_can_be_looked_up(gazetteer: Gazetteer) -> None:
    """Each surface form leads to its places when folded, and none is an ordinary word."""
    for surface, places in gazetteer.names():
        assert set(places) <= set(gazetteer.named(surface)), surface
        assert not gazetteer.is_ordinary(surface), surface


def test_surface_forms_keep_the_original_spellings(gazetteer: Gazetteer) -> None:
    """Both the COD and the press spelling are there as written, with all their homonyms."""
    surfaces = dict(gazetteer.names())
    assert {"Idleb", "Idlib", "إدلب", "Menbij", "Manbij", "Khan Sheikhoun"} <= set(surfaces)
    assert {place.id for place in surfaces["Homs"]} >= {"SY04", "SY0401", "C2528"}


def test_no_name_has_more_words_than_max_words(gazetteer: Gazetteer) -> None:
    """A spotter that tries `max_words` tokens misses no name, also where hyphens end tokens."""
    assert max(len(name.replace("-", " ").split()) for place in gazetteer for name in place.names) == gazetteer.max_words


def test_well_known_places_are_never_hidden(gazetteer: Gazetteer) -> None:
    """A place that reports name can be spotted by at least one of its names, as written or with its unit."""
    for place in gazetteer:
        if place.importance >= 1:
            assert any(place in gazetteer.by_folded.get(fold(name), ()) for name in place.names), place.id


@pytest.mark.parametrize(
    ("glued", "apart"), [("Khantuman", "Khan Tuman"), ("كفرنبل", "كفر نبل"), ("تلكلخ", "تل كلخ"), ("Kafrnaya", "Kafr Naya")]
)
def test_first_elements_may_be_written_apart(gazetteer: Gazetteer, glued: str, apart: str) -> None:
    """A name beginning with khan, kafr or tall is found written in one word and in two."""
    assert set(gazetteer.named(glued)) & set(gazetteer.named(apart))
