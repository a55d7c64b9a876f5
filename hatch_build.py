"""Builds the small chart library into the assets, and, where CROSSCOUNT_COMPILED=1 asks for it, the compiled reader into the wheel.

mypyc makes machine code of the modules that read figures. The Python files are in the wheel all the same, and a checkout is never
compiled: what one edits is what runs.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WANTED = "CROSSCOUNT_COMPILED"
NEEDS = ("mypy[mypyc]>=1.18", "setuptools>=77")
# What the reading of one report runs through. One group: calls between these modules are calls in C.
READER, LEFT_OUT = "ingest/extract", "ingest/extract/second"
ALSO = (
    *(f"ingest/model/{name}.py" for name in ("claims", "doubts", "ids", "intervals")),
    *(f"ingest/places/{name}.py" for name in ("folding", "gazetteer", "hierarchy", "index", "phrase", "place", "resolve")),
    "ingest/text/normalise.py",
)


class BuiltIn(BuildHookInterface[Any]):
    """The hook that hatchling runs for every wheel and every installed checkout."""

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling."""
        return list(NEEDS) if _is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetches, compiles, and adds what was compiled to the wheel; what is in the assets travels with them."""
        sys.path.insert(0, self.root)  # a build does not look beside this file by itself
        from chart_bundle import build_in  # noqa: PLC0415

        self.app.display_info(build_in(Path(self.root) / "assets"))
        if not _is_wanted() or version == "editable":
            return
        made = Path(tempfile.mkdtemp(prefix="crosscount-"))
        _compile(Path(self.root), made)
        build_data["pure_python"], build_data["infer_tag"] = False, True
        build_data["force_include"].update({str(path): path.relative_to(made / "lib").as_posix() for path in (made / "lib").rglob("*.*")})


def _is_wanted() -> bool:
    return os.environ.get(WANTED, "") not in ("", "0")


def modules(root: Path) -> list[str]:
    """The modules to compile, as paths from the project's folder."""
    reader = (path.relative_to(root).as_posix() for path in sorted((root / READER).rglob("*.py")))
    return [*(path for path in reader if not path.startswith(LEFT_OUT)), *ALSO]


def _compile(root: Path, made: Path) -> None:
    """Extension modules of `modules` under `made`/lib. Raises `SystemExit` with what to do where there is no C compiler."""
    from mypyc.build import mypycify  # noqa: PLC0415 - there only where it is asked for
    from setuptools import Distribution  # noqa: PLC0415
    from setuptools.errors import CompileError  # noqa: PLC0415

    os.chdir(root)
    flags = ["--config-file=", "--ignore-missing-imports", "--cache-dir", str(made / "types")]  # what a checkout needs beside is not here
    extensions = mypycify(
        [*flags, *modules(root)], opt_level="2", debug_level="0", multi_file=True, target_dir=str(made), group_name="crosscount_read"
    )
    command = Distribution({"name": "crosscount", "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp, command.parallel = str(made / "lib"), str(made / "objects"), os.cpu_count()
    command.ensure_finalized()
    try:
        command.run()
    except CompileError as error:
        sys.exit(f"The compiled form needs a C compiler and Python's headers ({error}). Install them, or leave {WANTED} unset.")
