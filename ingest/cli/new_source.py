"""`new-source`: the file of a source and its example, ready to be filled in."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

import click

from ingest.cli.frame import Session
from ingest.errors import SettingsError
from ingest.settings import shipped_data
from ingest.sources.registry import all_sources

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE = "source.py"
_EXAMPLE = ("answers.toml", "feed.xml", "report.html")
_PACKAGE = "pyproject.toml"


@click.command("new-source")
@click.argument("name")
@click.option("--package", is_flag=True, help="Write a package of its own, to be installed beside Crosscount.")
@click.option("--into", type=click.Path(path_type=Path), default=None, help="Folder to write to.")
@click.pass_obj
def new_source(session: Session, name: str, package: bool, into: Path | None) -> None:
    """Write the file of a source called NAME and its example folder.

    In a checkout of Crosscount they go where sources and examples are; elsewhere, or with --package, they become a small package.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} is no name for a source: begin with a letter, and use small letters, digits and _ only.")
    if name in all_sources():
        raise SettingsError(f"There is a source {name!r} already; choose another name.")
    checkout = shipped_data().parent
    alone = package or not (checkout / "tests" / "examples").is_dir()
    files = _of_package(into or Path.cwd(), name) if alone else _of_checkout(into or checkout, name)
    for path in files:
        if path.exists():
            raise SettingsError(f"{path} is there already; remove it or choose another name.")
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(template, name), encoding="utf-8")
        click.echo(str(path))


def _of_checkout(root: Path, name: str) -> Mapping[Path, str]:
    examples = root / "tests" / "examples" / name
    return {root / "ingest" / "sources" / f"{name}.py": _SOURCE, **{examples / one: one for one in _EXAMPLE}}


def _of_package(folder: Path, name: str) -> Mapping[Path, str]:
    root = folder / f"crosscount-{name.replace('_', '-')}"
    own = {root / _PACKAGE: _PACKAGE, root / f"crosscount_{name}.py": _SOURCE}
    return {**own, **{root / "examples" / name / one: one for one in _EXAMPLE}}


def _filled(template: str, name: str) -> str:
    written = (_TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return Template(written).substitute(name=name, dashed=name.replace("_", "-"), title=name.replace("_", " ").title())
