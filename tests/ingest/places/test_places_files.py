"""Gazetteer files that are wrong are refused with the file and line; outlines are snapped without gaps."""

import itertools
import json
from pathlib import Path

import pytest

from ingest.errors import StoreError, UnreadableDocument
from ingest.places import Gazetteer
from ingest.places.boundaries import Outline, centroid, feature_collection, polygons, snapped
from ingest.places.tidy import ALIAS_COLUMNS, PLACE_COLUMNS, read_places, write_rows

HEADER = ",".join(PLACE_COLUMNS)
COUNTRY = "ND,0,Nordia,,,,,country,5,cod"
NORTH = "ND01,1,North,,ND,,,adm1,4,cod"


def _file(folder: Path, *lines: str, name: str = "nrd.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("place,name", "ND,Nordia"), r"nrd\.csv .*columns must be place_id"),
        ((HEADER, "ND,zero,Nordia,,,,,country,5,cod"), r"nrd\.csv, line 2"),
        ((HEADER, "ND,0,Nordia,,,,,kingdom,5,cod"), r"nrd\.csv, line 2"),
        ((HEADER, COUNTRY, "ND01,1"), r"nrd\.csv, line 3"),
        ((HEADER, COUNTRY, COUNTRY), "ND a second time"),
        ((HEADER, COUNTRY, "ND0101,2,Hill,,ND01,,,adm2,3,cod"), "ND0101 lies in 'ND01'"),
        ((HEADER, COUNTRY, "A,2,Hill,,B,,,adm2,3,cod", "B,2,Dale,,A,,,adm2,3,cod"), "lies in"),
    ],
)
def test_a_wrong_gazetteer_file_is_refused(lines: tuple[str, ...], says: str, tmp_path: Path) -> None:
    """Wrong columns, cells, parents and doubled identities each give a sentence."""
    with pytest.raises(UnreadableDocument, match=says):
        Gazetteer.load([_file(tmp_path, *lines)])


def test_a_spelling_without_its_place_is_refused(tmp_path: Path) -> None:
    """An alias of an identity that is in no file is named."""
    path = _file(tmp_path, HEADER, COUNTRY, NORTH)
    _file(tmp_path, ",".join(ALIAS_COLUMNS), "ND09,Norden,de,by hand", name="nrd-aliases.csv")
    with pytest.raises(UnreadableDocument, match="'Norden' belongs to ND09"):
        Gazetteer.load([path])


def test_a_missing_gazetteer_file_is_named(tmp_path: Path) -> None:
    """The path that cannot be read is in the sentence."""
    with pytest.raises(UnreadableDocument, match=r"absent\.csv cannot be read"):
        Gazetteer.load([tmp_path / "absent.csv"])


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """A gazetteer or word list in another encoding gives a sentence, not a crash."""
    path = _file(tmp_path, HEADER, COUNTRY, NORTH)
    (tmp_path / "not-places.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(UnreadableDocument, match=r"not-places\.txt is not UTF-8"):
        Gazetteer.load([path])
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableDocument, match=r"nrd\.csv is not UTF-8"):
        Gazetteer.load([path])


def test_several_countries_load_side_by_side(tmp_path: Path) -> None:
    """Two gazetteer files make one gazetteer, each with its own spellings."""
    north = _file(tmp_path, HEADER, COUNTRY, NORTH)
    south = _file(tmp_path, HEADER, "SD,0,Sudia,,,,,country,5,cod", "SD01,1,South,,SD,,,adm1,4,cod", name="sda.csv")
    _file(tmp_path, ",".join(ALIAS_COLUMNS), "SD01,Süden,de,by hand", name="sda-aliases.csv")
    gazetteer = Gazetteer.load([north, south])
    assert len(gazetteer) == 4
    assert gazetteer.named("Suden")[0].id == "SD01"
    assert not gazetteer.contains("ND", "SD01")


def test_rows_written_are_read_back(tmp_path: Path) -> None:
    """A gazetteer file survives a round trip, byte for byte."""
    path = _file(tmp_path, HEADER, COUNTRY, 'ND01,1,"North, the",الشمال,ND,10.5,20.5,adm1,4,cod')
    again = tmp_path / "again.csv"
    write_rows(again, read_places(path), PLACE_COLUMNS)
    assert again.read_bytes() == path.read_bytes()


def test_a_folder_that_refuses_is_named(tmp_path: Path) -> None:
    """Writing below a file instead of a folder gives a sentence and leaves nothing behind."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        write_rows(tmp_path / "file" / "nrd.csv", (), PLACE_COLUMNS)


def test_neighbours_keep_one_common_border() -> None:
    """Vertices shared by two divisions stay shared after snapping."""
    left = [[0, 0], [0.987, 0.013], [1.004, 1.002], [0, 1], [0, 0]]
    right = [[0.987, 0.013], [2, 0], [2, 1], [1.004, 1.002], [0.987, 0.013]]
    text = feature_collection(
        [snapped(Outline(name, "", "", ((ring,),)), 0.05) for name, ring in (("B", right), ("A", left))], note="a sketch"
    )
    collection = json.loads(text)
    rings = {f["properties"]["place_id"]: f["geometry"]["coordinates"][0][0] for f in collection["features"]}
    assert list(rings) == ["A", "B"]
    assert collection["note"] == "a sketch"
    assert {tuple(p) for p in rings["A"]} & {tuple(p) for p in rings["B"]} == {(1.0, 0.0), (1.0, 1.0)}


def test_rings_smaller_than_the_grid_are_left_out() -> None:
    """An islet and a pinhole vanish; a hole that stays runs against its outer ring."""
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    speck = [[3, 3], [3.001, 3], [3.001, 3.001], [3, 3]]
    collection = json.loads(feature_collection([snapped(Outline("A", "a", "", ((outer, hole, speck), (speck,))))]))
    ((first, second),) = collection["features"][0]["geometry"]["coordinates"]
    turns = [sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) for ring in (first, second)]
    assert turns == [-32, 2]


def test_the_centroid_is_that_of_the_largest_part() -> None:
    """A far islet does not pull the point out of the mainland; lines and points have no polygons."""
    mainland = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    islet = [[90, 80], [91, 80], [91, 81], [90, 80]]
    assert centroid(polygons({"type": "MultiPolygon", "coordinates": [[islet], [mainland]]})) == pytest.approx((2, 2))
    assert polygons({"type": "Point", "coordinates": [1, 2]}) == ()
    assert polygons(None) == ()
    assert centroid(()) is None
