"""What changed in a view, in words: the digest of an instance, and the entries of a watched view's feed.

Every number is one that a source states, and every line names that source; nothing is added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

import pandas as pd

from dashboard import query
from dashboard.app.paper import Item, Paper, Section, as_page, as_text
from dashboard.components.claimed import said as claimed_as
from dashboard.components.phrases import day_of, what
from dashboard.components.words import Words
from dashboard.shell import Desk, Screen, View
from dashboard.state import Filters
from ingest.errors import SettingsError
from ingest.model import snapshot as layout
from ingest.model.freshness import silent_since
from ingest.model.letters import Counted, Enquiry, Letter, Stretch
from ingest.model.vocabulary import CORRECTION_KINDS, CorrectionKind

MOST: Final = 12  # figures or pairs that are listed; the rest is counted, and a link leads there
_COUNTS: Final = ("new", "changed", "removed", "withdrawn", "contradictions")
_GONE: Final = ("removed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Letters:
    """`ingest.model.letters.Views` over the snapshots of an instance. `paths` are the addresses of its pages."""

    desk: Desk
    paths: frozenset[str]

    def canonical(self, address: str) -> str:
        """Path and filters of a page, whatever host it was copied from. Raises `SettingsError` where it is no page."""
        parts = urlsplit(address.strip())
        path = "/" + parts.path.strip("/")
        if path not in self.paths:
            raise SettingsError(f"{address!r} is no page of the app; copy the address of a view from it, such as /compare?place=SY02.")
        asked = replace(Filters.from_query(parts.query), figure="", known=None, page=1, embed=False, chart="").query()
        return f"{path}?{asked}" if asked else path

    def published_at(self) -> datetime | None:
        """When the current snapshot was published."""
        folder = layout.current(self.desk.settings.published / self.desk.settings.crisis)
        return layout.manifest(folder).created_at if folder else None

    def counted(self, address: str, stretch: Stretch) -> Counted:
        """What changed in a view; nothing where nothing is published."""
        view = self.view(address)
        return query.news(view.db, query.Watching(view.filters, stretch)) if view.db is not None else Counted()

    def view(self, address: str, **changes: Any) -> View:
        """The view of an address, of what is known now."""
        parts = urlsplit(address)
        filters = replace(Filters.from_query(parts.query), known=None, **changes)
        return self.desk.look_at(parts.path or "/", filters, Screen())

    def letter(self, enquiry: Enquiry) -> Letter | None:
        """The digest of a view; None where nothing is published."""
        view = self.view(enquiry.address, lang=enquiry.language)
        if view.db is None:
            return None
        telling = Telling(view, view.db, Stretch(enquiry.since, view.db.published_at), enquiry.link)
        counted = query.news(view.db, telling.asked)
        sections = (
            *telling.sections(counted),
            *telling.of_people(),
            *telling.of_sources(),
            *self._watched(enquiry, telling),
            *_released(enquiry, view.words),
        )
        paper = telling.paper(enquiry.title, counted, sections, enquiry.held)
        told = {name: getattr(counted, name) for name in _COUNTS}
        return Letter(paper.title, as_text(paper), as_page(paper), view.db.published_at, not counted and not sections, told)

    def _watched(self, enquiry: Enquiry, telling: "Telling") -> Iterator[Section]:
        lines = []
        for one in enquiry.watched:
            if counted := self.counted(one.address, telling.stretch):
                said = telling.words("letter.line", name=one.name, said=counts(counted, telling.words))
                lines.append(Item(said, link=telling.absolute(one.address)))
        if lines:
            yield Section(telling.words("letter.watched"), tuple(lines))


@dataclass(frozen=True, slots=True)
class Telling:
    """The words for one view and one stretch; `link` is the address of the app, empty where links are left out."""

    view: View
    db: query.Snapshot
    stretch: Stretch
    link: str

    @property
    def words(self) -> Words:
        """The reader's language."""
        return self.view.words

    @property
    def asked(self) -> query.Watching:
        """The same as a question to the snapshot."""
        return query.Watching(self.view.filters, self.stretch)

    def absolute(self, address: str) -> str:
        """An address of the app as others can open it; nothing where the app's own, which ends with any prefix, is not set."""
        return f"{self.link}{address.removeprefix(self.view.desk.settings.prefix)}" if self.link else ""

    def paper(self, title: str, counted: Counted, sections: tuple[Section, ...], held: int) -> Paper:
        """The whole letter."""
        words, zone = self.words, self.view.crisis.timezone
        scope = query.sentence(self.db, self.view.filters, words, words.day)
        lead = [
            words("letter.between", since=words.moment(self.stretch.since, zone), until=words.moment(self.stretch.until, zone)),
            *([words("letter.scope", scope=scope)] if scope else []),
            words("letter.counted", said=counts(counted, words)) if counted else words("letter.nothing"),
            *self._voices(),
        ]
        foot = [Item(words("letter.principle"))]
        if held:
            foot.append(Item(words("letter.held", n=held), link=self.absolute(f"/alerts?lang={words.language}")))
        if self.link:
            foot.append(Item(words("letter.whole"), link=self.absolute(self.view.href())))
        heading = title or words("letter.title", name=self.view.title, day=words.day(self.stretch.until.astimezone(zone).date()))
        marks = (words("letter.quote"), words("letter.open"))
        return Paper(heading, words.language, words.direction, tuple(lead), sections, tuple(foot), *marks)

    def _voices(self) -> Iterator[str]:
        """Who says what is new."""
        words = self.words
        named = [(name or words("letter.nobody"), n) for name, n in query.news_voices(self.db, self.asked)]
        if named:
            listed = words("list.separator").join(words("letter.voice", name=name, n=n) for name, n in named)
            yield words("letter.voices", names=listed)

    def sections(self, counted: Counted) -> Iterator[Section]:
        """The figures and the pairs, each with a link to its evidence."""
        words = self.words
        frame = query.news_figures(self.db, self.asked, MOST)
        for heading, chosen, total in (
            ("letter.figures", ~frame["change"].isin(_GONE), counted.new + counted.changed),
            ("letter.gone", frame["change"].isin(_GONE), counted.removed + counted.withdrawn),
        ):
            items = tuple(self._figure(row) for _, row in frame[chosen].iterrows())
            if items:
                newest = self.absolute(self.view.href("/figures", sort="-published"))
                yield Section(words(heading), items, self._more(total - int(frame[chosen]["citations"].sum())), newest)
        pairs = query.news_pairs(self.db, self.asked, MOST)
        if pairs:
            items = tuple(map(self._pair, pairs))
            yield Section(
                words("letter.pairs"), items, self._more(counted.contradictions - len(items)), self.absolute(self.view.href("/compare"))
            )

    def of_people(self) -> Iterator[Section]:
        """The public notes that were written in the stretch, those that take one back too."""
        words = self.words
        notes = [one for one in query.public_notes(self.db, words.language) if self._within(_aware(one.written_at))]
        if notes:
            kinds = [words.term(CORRECTION_KINDS[CorrectionKind(one.kind)]) for one in notes]
            said = [kind if one.standing else words("notes.taken_back", kind=kind) for one, kind in zip(notes, kinds, strict=True)]
            link = f"/method?lang={words.language}"
            items = tuple(
                Item(words("letter.note", kind=kind, by=one.written_by), one.text, self.absolute(f"{link}#{one.correction_id}"))
                for one, kind in zip(notes, said, strict=True)
            )
            yield Section(words("method.notes"), items)

    def _within(self, moment: datetime | None) -> bool:
        return moment is not None and self.stretch.since < moment <= self.stretch.until

    def _more(self, n: int) -> str:
        return self.words("letter.more", n=n) if n > 0 else ""

    def _figure(self, row: pd.Series) -> Item:
        words = self.words
        counted = what(row["metric"], row["group_status"], row["group_text"], words)
        place, day = row["place_label"] or words("letter.nowhere"), words.day(day_of(row["day"]))
        value = claimed_as(row["value_text"], words) if row["value_text"] else "–"
        said = words("letter.figure", source=row["source_label"] or words("letter.nobody"), value=value, what=counted)
        parts = [words("letter.where", said=said, place=place, day=day)]
        if row["publisher"] and row["publisher"] != row["claimed_source"]:
            parts.append(words("letter.read_in", publisher=row["publisher_label"]))
        if row["change"] == "changed" and row["value_before"]:
            parts.append(words("letter.before", value=claimed_as(row["value_before"], words)))
        if row["change"] == "withdrawn":
            parts.append(words("letter.withdrew", why=row["withdrawn"]))
        link = self.absolute(f"/figures?figure={quote(row['figure_id'])}&lang={words.language}")
        return Item(words("letter.between_parts").join(parts), row["quote"], link)

    def _pair(self, row: query.Row) -> Item:
        voices = self.words("list.separator").join(dict.fromkeys((row["source_a"], row["source_b"])))
        link = self.absolute(f"/pair?pair={quote(row['discrepancy_id'])}&lang={self.words.language}")
        return Item(self.words("letter.line", name=voices, said=self.words.told(row["sentence"], row["sentence_lang"])), link=link)

    def of_sources(self) -> Iterator[Section]:
        """Sources that fell silent, could no longer be reached, or took pages away in the stretch."""
        words, zone = self.words, self.view.crisis.timezone
        said = []
        for _, row in query.sources(self.db, words.language).iterrows():
            name, changed, failing = words(row["title"]), _aware(row["changed_at"]), _aware(row["failing_since"])
            silent = silent_since(float(row["cadence_hours"] or 0), changed) if row["state"] in {"ready", "failing"} else None
            if self._within(silent):
                said.append(words("letter.silent", source=name, moment=words.moment(changed, zone)))
            if self._within(failing):
                said.append(words("letter.failing", source=name, moment=words.moment(failing, zone)))
        for name, n in query.vanished_documents(self.db, self.stretch, words.language):
            said.append(words("letter.vanished", source=name, n=n))
        if said:
            yield Section(words("letter.sources"), tuple(map(Item, said)), link=self.absolute(f"/sources?lang={words.language}"))


def counts(counted: Counted, words: Words) -> str:
    """What changed, in numbers of rows: 3 new figures, 1 replaced by a later edition."""
    return words("list.separator").join(words(f"letter.{name}", n=n) for name in _COUNTS if (n := getattr(counted, name)))


def _released(enquiry: Enquiry, words: Words) -> Iterator[Section]:
    if enquiry.released:
        yield Section(words("letter.released"), tuple(map(Item, enquiry.released)))


def _aware(moment: Any) -> datetime | None:
    """A time of the snapshot, which is naive UTC."""
    return None if pd.isna(moment) else pd.Timestamp(moment).to_pydatetime().replace(tzinfo=UTC)
