"""Options that several verbs share, and how days and times are typed."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click

from ingest.text.moment import parse_moment


def moment(typed: str) -> datetime:
    """A day (`2024-12-02`, taken as its noon) or a time, in UTC where no zone is typed. Raises `click.BadParameter`."""
    read = parse_moment(typed)
    if read is None:
        raise click.BadParameter(f"{typed!r} is not a date; write it like 2024-12-02 or 2024-12-02T18:30+03:00.")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def since(typed: str) -> datetime:
    """The beginning of a day, without a zone for the caller to give, or a time. Raises `click.BadParameter`."""
    read = parse_moment(typed)
    if read is None:
        raise click.BadParameter(f"{typed!r} is not a date; write it like 2024-12-02.")
    return read if read.tzinfo or ":" in typed else datetime.combine(read.date(), time())


_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def stretch(typed: str) -> timedelta:
    """A length of time such as `15m`, `6h` or `1d`. Raises `click.BadParameter`."""
    found = re.fullmatch(r"(\d{1,5})([smhd])", typed.strip().lower())
    if found is None or not int(found[1]):
        raise click.BadParameter(f"{typed!r} is no length of time; write it like 15m, 6h or 1d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


PUBLISHER = click.option("--publisher", default="", help="Organisation that published it: its id or name in the crisis.")
LANGUAGE = click.option("--lang", "language", default="", help="Language, such as en or ar; told from the letters where absent.")
PUBLISHED = click.option("--published", type=moment, metavar="DATE", default=None, help="When it was published, such as 2024-12-02.")
JSON = click.option("--json", "as_json", is_flag=True, help="JSON for a script.")
COLUMNS = click.option(
    "--columns",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="What the headings of tables mean, a TOML file, where they are not understood.",
)
