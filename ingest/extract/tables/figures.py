"""The numbers of a table as figures: what is counted from the column, whom and where from the row, the rest from the caption.

What one of them says outranks what a wider one says: the column, then the row, then the line that heads a group of rows,
then the caption. A number of which none of them says that people were hurt or moved is no figure.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ingest.extract.figures import Found
from ingest.extract.people.quantities import find
from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.mentions import Mention, stated
from ingest.extract.placing.whereabouts import Whereabouts
from ingest.extract.reader import Reader
from ingest.extract.speech.basis import counting_basis
from ingest.extract.speech.speakers import Speaker
from ingest.extract.speech.voices import Voice
from ingest.extract.tables.heads import Sense, sense_of
from ingest.extract.tables.layout import Cell, Row, Table
from ingest.extract.tables.sums import Told, link_sums
from ingest.extract.times.windows import Carried, times_of
from ingest.extract.words.items import Item, classes, organisation_of
from ingest.extract.words.sentences import Text, stretch
from ingest.model.vocabulary import PartOf, PlacePrecision

_PROSE: Final = 4  # words from which on a cell that is no number can hold a sentence


@dataclass(slots=True)
class TableReader:
    """One table being read. `times` and `where` are what the text before it leaves, `number` the sentence it begins with."""

    table: Table
    text: Text
    language: str
    reader: Reader
    published: date
    number: int
    times: Carried
    where: Whereabouts
    columns: list[Sense] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    caption: Sense = field(default_factory=Sense)
    shared: Sense = field(default_factory=Sense)
    section: Sense = field(default_factory=Sense)
    section_place: Mention | None = None
    caption_place: Mention | None = None
    voices: tuple[Voice, ...] = ()
    placed: bool = False
    sums: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        table = self.table
        self.columns = [self._column(at) for at in range(table.width)]
        self.labels = [at for at in range(table.width) if self._is_label(at)]
        telling = [over for over in self.columns if over.metric is not None]
        if len(telling) == 1 and "total" in telling[0].kinds and not telling[0].groups:
            self.shared = telling[0]  # men | women | children | total killed
        self.caption = sense_of(list(table.captions), self.text, self.language)
        self.caption_place = self._named(list(table.captions))
        below = (table.below,) if table.below is not None else ()
        self.voices = self._source(*below, *table.captions)

    def figures(self) -> list[Found]:
        """Every number of people in the table, row by row, with those that others add up to as their wholes."""
        found = [one for at, row in enumerate(self.table.body) for one in self._row(at, row)]
        link_sums(self.sums)
        return found

    def prose(self) -> list[tuple[Cell, Mention | None]]:
        """The cells that hold words enough for a sentence, each with the place of its row."""
        cells = ((row, cell) for row in self.table.body for cell in row.cells if not cell.amount)
        return [(cell, self._row_place(row)) for row, cell in cells if _may_tell(cell)]

    def _column(self, at: int) -> Sense:
        """The head over a column; an empty cell of an upper row stands under the one to its left, which covers both."""
        over: list[Cell] = []
        for row in self.table.head:
            here = min(at, len(row.cells) - 1) if row is not self.table.head[-1] else at
            while row is not self.table.head[-1] and here > 0 and row.cells[here].blank:
                here -= 1
            if here < len(row.cells) and not row.cells[here].blank:
                cell = row.cells[here]
                over += [] if any(_same(cell, other, self.text) for other in over) else [cell]
        sense = sense_of(over, self.text, self.language)
        if sense.mixed and len(over) > 1:  # `Casualties` over `Killed` and `Injured`: the lower head is the finer
            lower = sense_of(over[-1:], self.text, self.language)
            sense = replace(sense, metric=lower.metric, term=lower.term, mixed=lower.mixed)
        return sense

    def _is_label(self, at: int) -> bool:
        """A column of words, or of years, says what its rows are about."""
        cells = [row.cells[at] for row in self.table.body if at < len(row.cells) and len(row.cells) > 1 and not row.cells[at].blank]
        years = bool(cells) and all(cell.year for cell in cells) and self.columns[at].metric is None and at == 0
        return years or sum(cell.amount for cell in cells) * 2 < max(len(cells), 1)

    def _row(self, at: int, row: Row) -> list[Found]:
        cells = row.cells
        if len(cells) == 1 and self.table.width > 1 and not cells[0].amount:
            self.section = sense_of([cells[0]], self.text, self.language)
            self.section_place = self._named([cells[0]])
            return []
        label = self._label(cells)
        sums = sense_of([cells[here] for here in self.labels if here < len(cells)], self.text, self.language).kinds & {"total", "subtotal"}
        place = self._row_place(row) if not sums else self.section_place if "subtotal" in sums else self.caption_place
        self.placed = self.placed or place is not None
        told: list[Found] = []
        for column, cell in enumerate(cells):
            if not cell.amount or column in self.labels:
                continue
            over = self.columns[column]
            for quantity in self._quantities(cell, over, label):
                near = place or self._place_in(over) or (self.section_place if not sums else None)
                found = self._found(quantity, row, (over, label), near)
                self.sums.append(Told(at, column, quantity, bool(sums), "total" in over.kinds, not over.groups))
                told.append(found)
        return told

    def _label(self, cells: tuple[Cell, ...]) -> Sense:
        """What the words before the numbers of a row say, and the days and places behind them; remarks are no label."""
        first = next((at for at in range(len(cells)) if at not in self.labels), len(cells))
        shown = [at for at in self.labels if at < len(cells) and not self._aside(at) and not _may_tell(cells[at])]
        beside = [at for at in shown if at < first or "place" in self.columns[at].kinds or any(i.when is not None for i in cells[at].items)]
        sense = sense_of([cells[at] for at in beside], self.text, self.language)
        # `Camp 14` counts no camps where camps are what the rows are
        named = [cells[at] for at in beside if "place" not in self.columns[at].kinds]
        return replace(sense, things=sense_of(named, self.text, self.language).things)

    def _aside(self, column: int) -> bool:
        return bool(self.columns[column].kinds & {"source", "perpetrator", "other"})

    def _quantities(self, cell: Cell, over: Sense, label: Sense) -> list[Quantity]:
        """The numbers of a cell, with their metric; what stands in brackets behind the number is a part of it."""
        items = list(cell.items)
        found = find(items, self.text)
        if not found and cell.value is not None:
            found = [Quantity(0, 1, cell.first, cell.last, cell.first, (0, 0), value=cell.value, bare=True)]
        kept: list[Quantity] = []
        for quantity in found:
            if kept and (quantity.bare or quantity.own_metric is None) and not quantity.groups:
                continue  # a second number that nothing explains
            tier = self._metric(over, label, quantity)
            if tier is None:
                continue
            if kept and quantity.own_metric is None and quantity.amount <= kept[0].amount:
                quantity.parent, quantity.part_of = kept[0], PartOf.SUBSET
            self._people(quantity, tier, over, label)
            kept.append(quantity)
        return kept

    def _metric(self, over: Sense, label: Sense, quantity: Quantity) -> Sense | None:
        """The words that say what a number counts; None where it counts no people, or the words contradict each other."""
        if quantity.own_metric is not None:
            return Sense(metric=quantity.own_metric)
        if "other" in over.kinds | label.kinds or over.things or over.mixed or label.mixed:
            return None
        if over.metric is not None:
            clash = label.metric is not None and label.metric is not over.metric and not label.groups
            return None if clash else over
        if not self._open(over) or label.things:
            return None
        wider = (label, self.section, self.caption, self.shared)
        return next((one for one in wider if one.metric is not None), None)

    def _open(self, over: Sense) -> bool:
        """Whether a column that names no metric can count what its row or the caption names: empty, people, a time, a place, a voice."""
        if not over.items or over.groups or over.household or over.timed or over.kinds & {"total", "count", "of_which"}:
            return True
        return any(organisation_of(item, self.text) for item in over.items) or self._place_in(over) is not None

    def _people(self, quantity: Quantity, tier: Sense, over: Sense, label: Sense) -> None:
        """Metric, unit and groups of a number."""
        quantity.metric, quantity.trigger = tier.metric, tier.term
        quantity.rule = {id(over): "cell under the head of its column", id(label): "cell beside the label of its row"}.get(
            id(tier), "cell of a table that its caption explains"
        )
        quantity.zero = quantity.zero or quantity.value == 0
        told = [one for one in (over, label, tier) if one.household or one.groups]
        if told and not quantity.people:
            quantity.household = told[0].household
            quantity.label = next((one.label for one in told if one.label is not None), quantity.label)
        wider = [] if tier is over or tier is label else [tier]
        quantity.groups = [*(group for one in (*wider, over, label) for group in one.groups), *quantity.groups]
        quantity.bare = False
        quantity.sentence = self.number

    def _found(self, quantity: Quantity, row: Row, near: tuple[Sense, Sense], place: Mention | None) -> Found:
        """A number with its time, place and voice."""
        over, label = near
        stated = next((list(one.items) for one in (label, over, self.section, self.caption) if one.timed), [])
        times = times_of(quantity, stated, self.times, self.published, told=classes(stated))
        mention = place or self.caption_place
        if mention is None and not self.placed:  # a total over places is of none of them
            mention = self.where.carried(self.text.sentences[self.number], times)
        side = over.side or self._row_side(row) or self.caption.side
        voices = self._row_voices(row) or self._organisation(over.items) or self.voices
        basis = counting_basis(classes([*over.items, *self.caption.items]))
        words = (row.first, row.last)
        return Found(quantity, times, mention, voices, words, side, basis, verified=False)

    def _row_place(self, row: Row) -> Mention | None:
        """The finest place a row names: in its columns of places, else anywhere in its label."""
        found: Mention | None = None
        for column in self.labels:
            if column >= len(row.cells) or row.cells[column].blank or self._aside(column):
                continue
            cell, over = row.cells[column], self.columns[column]
            if any(item.entry.metric is not None for item in cell.items):
                continue
            if "place" in over.kinds:
                within = found.resolved.place.id if found and found.resolved and found.resolved.place else None
                found = self._resolve(cell, over.finely, within)
            elif found is None:
                found = self._named([cell])
        return found

    def _resolve(self, cell: Cell, finely: PlacePrecision | None, within: str | None) -> Mention:
        resolved = self.reader.gazetteer.resolve(_written(cell, self.text), within, finely)
        return stated(cell.first, cell.last, resolved, finely)

    def _named(self, cells: list[Cell]) -> Mention | None:
        """The finest place of the first cell that names one."""
        for cell in cells:
            mentions = self.where.mentions(list(cell.items), stretch(cell.first, cell.last), needed=True)
            if mentions:
                return max(mentions, key=lambda mention: mention.fineness)
        return None

    def _place_in(self, over: Sense) -> Mention | None:
        if not over.items or over.metric is not None:
            return None
        return self._named([Cell(over.items[0].first, over.items[-1].last, over.items)])

    def _row_side(self, row: Row) -> str:
        """Who did it, in a column of perpetrators."""
        for column in self.labels:
            if column < len(row.cells) and "perpetrator" in self.columns[column].kinds:
                for item in row.cells[column].items:
                    if item.entry.side or item.entry.group is not None:
                        return item.entry.side or (item.entry.group.side if item.entry.group is not None else "")
        return ""

    def _row_voices(self, row: Row) -> tuple[Voice, ...]:
        columns = [at for at in self.labels if at < len(row.cells) and "source" in self.columns[at].kinds]
        return next((voices for at in columns if (voices := self._organisation(row.cells[at].items))), ())

    def _organisation(self, items: tuple[Item, ...]) -> tuple[Voice, ...]:
        for at, item in enumerate(items):
            if source := organisation_of(item, self.text) or item.entry.speaker:
                words = (item.first, item.last)
                return (Voice(Speaker(source, *words, at, words), at),)
        return ()

    def _source(self, *beside: Cell) -> tuple[Voice, ...]:
        """`Source: Exland Watch` right above or below a table."""
        for cell in beside:
            lead = Cell(cell.first, min(cell.first + 1, cell.last))
            if "source" in sense_of([lead], self.text, self.language).kinds and (voices := self._organisation(cell.items)):
                return voices
        return ()


def _same(cell: Cell, other: Cell, text: Text) -> bool:
    return _written(cell, text) == _written(other, text)


def _written(cell: Cell, text: Text) -> str:
    return "" if cell.blank else text.text[text.starts[cell.first] : text.ends[cell.last - 1]]


def _may_tell(cell: Cell) -> bool:
    """Whether the words of a cell could be a sentence with a figure: `2 killed, 5 injured`."""
    happens = any(item.entry.metric is not None for item in cell.items)
    return happens and (cell.last - cell.first >= _PROSE or any(item.number is not None for item in cell.items))
