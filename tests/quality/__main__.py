"""How good the reading is: prints precision, recall, fields and calibration over the measured corpora and the sample reports.

Usage: python -m tests.quality [--misses] [--doubts] [--raise | --lower "REASON"]
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.quality import floors, sample
from tests.quality.exland import make_reader
from tests.quality.measures import calibration_table, doubt_table, measure, table
from tests.quality.outcomes import Extra, Outcome, own

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def outcomes() -> list[Outcome]:
    """What came of reading everything that is measured."""
    with tempfile.TemporaryDirectory() as folder:
        mine = list(own(make_reader(Path(folder))))
    return [*mine, *sample.score(sample.shipped_reader()).outcomes]


def misses(found: list[Outcome]) -> Iterator[str]:
    """Each figure that was not read, each reading too many, and each wrong field."""
    for one in found:
        if isinstance(one, Extra):
            yield f"too much  {one.what}"
        elif not one.found:
            yield f"missing   {one.what}"
        elif wrong := [name for name, good in one.fields.items() if not good]:
            yield f"{', '.join(wrong)}: {one.what}"


def main() -> int:
    """Print the report and, where asked, keep what is reached as the new floors."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--raise", dest="higher", action="store_true", help="keep what is reached as the floors; refused where one would fall"
    )
    change.add_argument("--lower", metavar="REASON", help="keep it although floors fall; the changelog tells which and why")
    parser.add_argument("--misses", action="store_true", help="list what was not read, and what nobody asked for")
    parser.add_argument("--doubts", action="store_true", help="count how often readings with each doubt are right")
    asked = parser.parse_args()
    found = outcomes()
    measures = measure(found)
    print(*table(measures), *calibration_table(found), sep="\n")
    if asked.doubts:
        print(*doubt_table(found), sep="\n")
    if asked.misses:
        print(*misses(found), sep="\n")
    now, kept = floors.reached(measures), floors.load()
    below = floors.fallen(now, kept)
    for name, (floor, got) in below.items():
        print(f"below its floor: {name} is {got}, floor {floor}", file=sys.stderr)
    if asked.lower and below:
        floors.tell_changelog(CHANGELOG, asked.lower, below)
    if asked.lower or (asked.higher and not below):
        floors.write(floors.reached(measures, floors.FEWEST))
        return 0
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
