"""What every verb shares: the settings it runs under, and errors told as one sentence with an exit code."""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ingest import settings as configuration
from ingest.cli import logs
from ingest.errors import CrosscountError, StoreError
from ingest.model.letters import Views

UNEXPECTED = 70  # sysexits.h EX_SOFTWARE: the program is at fault, not its input
INTERRUPTED = 130  # what a shell reports for a process that Ctrl-C ended


@dataclass
class Session:
    """What one command runs with. `now` is the only clock a verb may read; `open_views` opens who reads views of what is published."""

    data: Path | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    open_views: Callable[[configuration.Settings], Views] | None = None

    @cached_property
    def views(self) -> Views | None:
        """Who reads views; None where the program has no pages."""
        return self.open_views(self.settings) if self.open_views is not None else None

    @cached_property
    def settings(self) -> configuration.Settings:
        """The settings, read when a verb first asks. A restore that was cut short is carried on before. Raises `SettingsError`."""
        settings = configuration.load(os.environ, self.data)
        logs.hide({**settings.keys, "CROSSCOUNT_DATABASE": settings.database})
        if not settings.restoring.is_dir():
            return settings
        from ingest.pipeline.restore import carry_on  # noqa: PLC0415 -- almost never

        carry_on(settings)
        return configuration.load(os.environ, self.data)


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb is written and what it does, so that the list of verbs can be shown without importing any of them."""

    module: str
    does: str


class Verbs(click.Group):
    """A group that imports a verb when it is used, and ends with a sentence and an exit code whatever goes wrong inside it."""

    def __init__(self, verbs: Mapping[str, Verb], **settings: Any) -> None:
        """`verbs` in the order they are listed; each is a click command of its name (dashes as underscores) in its module."""
        super().__init__(**settings)
        self._verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in their order."""
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in self._verbs:
            return None
        command: click.Command = getattr(import_module(self._verbs[cmd_name].module), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with what they do."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.does) for name, verb in self._verbs.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; see `ingest.errors` for the exit codes."""
        try:
            return super().invoke(ctx)
        except CrosscountError as error:
            _end(ctx, str(error), error.exit_code)
        except KeyboardInterrupt:
            _end(ctx, "Stopped; everything finished so far is kept.", INTERRUPTED)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise  # the reader of our output went away: click ends quietly
            _end(ctx, sentence_for(error), StoreError.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            cause = f"{type(error).__name__}: {_first_line(error)}"
            _end(ctx, f"Something unexpected happened ({cause}); the details are in {write_traceback(error)}.", UNEXPECTED)


def sentence_for(error: OSError) -> str:
    """An operating system's refusal as a sentence that says what to do."""
    where = error.filename if error.filename is not None else "the data folder"
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"The disk that holds {where} is full; free some space and run the same command again, nothing is lost."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{where} may not be read or written by this user; change its permissions or choose another folder with --data."
        case errno.ENOENT:
            return f"{where} does not exist; check the path."
        case _:
            return f"{where} cannot be used ({error.strerror or error}); check the disk and the path, then run the same command again."


def write_traceback(error: BaseException) -> str:
    """Keep the traceback for whoever mends the program, outside the data folder, which may be what failed. Returns the path."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="crosscount-error-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
            return file.name
    except OSError:
        traceback.print_exception(error)
        return "the lines above"


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or "no message").splitlines()[0]


def _end(ctx: click.Context, sentence: str, code: int) -> None:
    sys.stdout.flush()
    logs.LOG.error("crosscount: %s", sentence)
    ctx.exit(code)
