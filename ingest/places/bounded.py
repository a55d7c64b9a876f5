"""Reading a release apart (`ingest.apart`): neither size nor name of its files bounds what a parser needs for them."""

from pathlib import Path

from ingest.apart import OWN, Bounds, ask
from ingest.places.boundaries import Outline
from ingest.places.cod import Release
from ingest.places.place import Kind
from ingest.places.tidy import AliasRow, PlaceRow


def read_bounded(path: Path, country: str, within: Bounds = OWN) -> Release:
    """Read a release as `read_release` does, within bounds. Raises `UnreadableDocument` as it does, and where the bounds are met."""
    read = ask("release", b"", name=path.name, within=within, path=str(path.resolve()), country=country)
    return Release(
        country=read["country"],
        rows=tuple(PlaceRow(**{**row, "kind": Kind(row["kind"])}) for row in read["rows"]),
        aliases=tuple(AliasRow(**alias) for alias in read["aliases"]),
        outlines=tuple(Outline(**outline) for outline in read["outlines"]),
        left_aside=read["left_aside"],
    )
