"""One document through all stages. Sentences without a word that matters cost next to nothing."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Final

from ingest.extract.events.clause_state import Context
from ingest.extract.events.clauses import read_clauses
from ingest.extract.figures import Found, build
from ingest.extract.links.attribution import Attribution
from ingest.extract.links.distribution import for_each, share_metrics, shared_places
from ingest.extract.links.restatements import link_restatements
from ingest.extract.links.shares import link_shares
from ingest.extract.links.sums import complete_parts, link_sums
from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.mentions import Mention
from ingest.extract.placing.whereabouts import WEIGHED, Asked, Whereabouts
from ingest.extract.reader import Reader
from ingest.extract.speech.basis import counting_basis, is_verified
from ingest.extract.speech.blame import blamed
from ingest.extract.speech.voices import words_of
from ingest.extract.tables.figures import TableReader
from ingest.extract.tables.layout import BAR, Table
from ingest.extract.tables.layout import find as find_tables
from ingest.extract.times.dates import fold_dates
from ingest.extract.times.windows import STOCKS, Carried, Times, carry, goes_on, has_own_time, times_of
from ingest.extract.words import bit
from ingest.extract.words.items import Item, classes, itemise
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sentences import Sentence, Text, split, stretch
from ingest.model.records import Document, Reading
from ingest.model.vocabulary import Metric, PlaceRole, Qualifier, ValueStatus

_FIRST: Final = attrgetter("first")
_TOTALS: Final = 40  # totals that a list may go on with


def find(document: Document, reader: Reader) -> tuple[Text, list[Found]]:
    """The text of a document and every quantity of people in it, with time, place and voices."""
    lexicon = reader.lexicon(document.language)
    text = split(document.text, lexicon)
    speech = Attribution(text, reader.organisations, document.publisher)
    story = _Story(text, lexicon, reader, document.published_at.astimezone(reader.timezone).date(), speech)
    tables = {table.sentences.start: table for table in find_tables(text, lexicon, story.published)} if BAR in document.text else {}
    found: list[Found] = []
    number = 0
    while number < len(text.sentences):
        of_table = story.table(tables[number], document.language) if number in tables else []
        found.extend(of_table or story.read(text.sentences[number], number))
        number = tables[number].sentences.stop if of_table else number + 1
    found = speech.settle(found)
    link_shares(found)
    link_restatements(found)
    complete_parts(found)
    link_sums(found, frozenset(number for number, sentence in enumerate(text.sentences) if sentence.heading or _opens(text, number)))
    return text, found


def read(document: Document, reader: Reader) -> tuple[Reading, ...]:
    """Every claim of a document as a tidy row. Never raises on text; the same document gives the same rows."""
    text, found = find(document, reader)
    return tuple(Reading(figure) for figure in build(found, text, document, reader))


def numbered(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Only the readings that carry a number. Claims without one, and words that say no more than `several`, matter to
    silence, not to counts.
    """
    return tuple(
        r
        for r in readings
        if r.figure.value_status in (ValueStatus.STATED, ValueStatus.EXPLICIT_ZERO)
        and not (r.figure.qualifier is Qualifier.VAGUE and r.figure.interval_open_high)
    )


def _opens(text: Text, number: int) -> bool:
    """Whether a sentence is the headline of a copy that lost its line breaks: the first one, without a form of `be`."""
    first = text.sentences[number]
    return not number and not any(word.flags & bit.BE for word in text.words[first.first : first.last])


@dataclass(slots=True)
class _Story:
    """A text being read from top to bottom, and what its sentences leave for the next ones."""

    text: Text
    lexicon: Lexicon
    reader: Reader
    published: date
    speech: Attribution
    clauses: Context = field(default_factory=Context)
    times: Carried = field(default_factory=Carried)
    totals: tuple[Quantity, ...] = ()
    totals_in: int = -1
    read_so_far: dict[int, Found] = field(default_factory=dict)
    where: Whereabouts = field(init=False)

    def __post_init__(self) -> None:
        self.where = Whereabouts(self.text, self.reader.gazetteer, self._items)

    def read(self, sentence: Sentence, number: int) -> Iterator[Found]:
        """The quantities of the next sentence."""
        if not sentence.matters:
            self.where.pass_over(sentence)
            return
        items = self._items(sentence)
        told = classes(items)
        further = goes_on(items, told)
        carry(self.times, items, sentence.paragraph, listing=sentence.bullet or sentence.introduces, further=further)
        quantities: list[Quantity] = []
        if sentence.counts:
            quantities = read_clauses(items, self.text, self.clauses, bullet=sentence.bullet, told=told)
        elif not told & bit.PRONOUNS:
            self.clauses.person = None
        if told & bit.RESPECTIVELY:
            share_metrics(quantities, self.text)
        voices = self.speech.hear(items, number, told)
        if voices and quantities:
            named = words_of(voices)
            quantities = [q for q in quantities if not (q.implicit and q.parent is None and q.first_word in named)]
        mentions = self.where.mentions(items, sentence, needed=bool(quantities) or sentence.heading or sentence.introduces)
        placed: list[tuple[Mention | None, Times]] = []
        turns = shared_places(quantities, mentions, self.text, self.reader.gazetteer) if told & bit.RESPECTIVELY else {}
        basis, verified = counting_basis(told), bool(told & bit.VERIFIED) and is_verified(items)
        for position, quantity in enumerate(quantities):
            quantity.sentence = number
            until = next((q.at for q in quantities[position + 1 :] if q.trigger != quantity.trigger and q.parent is None), len(items))
            whole = self.read_so_far.get(id(quantity.parent))
            at = _item_of(items, quantity)
            if whole is not None:
                blame = blamed(quantity, items, at, until, told=told)
                one = self._part(quantity, whole, items, mentions, (sentence.first, sentence.last), blame=blame)
            else:
                _as_level(quantity, items, self.text)
                times = times_of(quantity, items, self.times, self.published, told=told, others=quantities)
                others = quantities[max(position - WEIGHED, 0) : position + WEIGHED]
                asked = Asked(quantity, at, until, followed=until < len(items), goes_on=further, others=others)
                mention = turns.get(id(quantity)) or self.where.of(asked, mentions, sentence, times)
                _across_border(quantity, mention)
                one = Found(
                    quantity=quantity,
                    times=times,
                    mention=mention,
                    voices=self.speech.chain_for(voices, quantity.at, sentence),
                    words=(sentence.first, sentence.last),
                    perpetrator=blamed(quantity, items, at, until, told=told),
                    basis=basis,
                    verified=verified,
                )
            self.read_so_far[id(quantity)] = one
            placed.append((one.mention, one.times))
            if told & bit.EACH:
                yield from for_each(one, items, mentions, self.text, self.reader.gazetteer)
            else:
                yield one
        self.where.close(sentence, mentions, placed)
        self._introduce(quantities, items, sentence)

    def table(self, table: Table, language: str) -> list[Found]:
        """The figures of a table, and of the sentences in its cells; nothing where it is no table of people hurt or moved."""
        number = table.sentences.start
        read = TableReader(table, self.text, language, self.reader, self.published, number, self.times, self.where)
        found = read.figures()
        for cell, place in read.prose() if found else ():
            paragraph = self.text.sentences[number].paragraph
            if place is not None:
                self.where.scene, self.where.scene_in = place, paragraph
            found.extend(self.read(stretch(cell.first, cell.last, paragraph), number))
        return found

    def _part(
        self, quantity: Quantity, whole: Found, items: list[Item], mentions: list[Mention], words: tuple[int, int], *, blame: str
    ) -> Found:
        """A part shares time, place, voice, basis and blame of its whole, but for what is said of the part itself (`11 in the market`)."""
        own_time = words != whole.words and any(i.when is not None and i.when.role != "as_of" for i in items)
        own_time |= quantity.trigger != whole.quantity.trigger and has_own_time(quantity, items)
        own_time |= (quantity.metric in STOCKS) != (whole.quantity.metric in STOCKS)  # "of whom 300 are still displaced"
        times = times_of(quantity, items, self.times, self.published, told=classes(items)) if own_time else whole.times
        following = next(
            (at for at in range(quantity.after, len(items)) if items[at].number is not None or items[at].entry.vague), len(items)
        )
        mention = self.where.of_part(quantity, following, mentions)
        if mention is None and words != whole.words:
            mention = self.where.own(Asked(quantity, None, following), mentions, times)
        mention = mention or whole.mention
        return replace(whole, quantity=quantity, times=times, mention=mention, words=words, perpetrator=blame or whole.perpetrator)

    def _items(self, sentence: Sentence) -> list[Item]:
        return fold_dates(itemise(self.text, sentence, self.lexicon), self.text, self.published, self.times.event)

    def _introduce(self, quantities: list[Quantity], items: list[Item], sentence: Sentence) -> None:
        """Keeps the totals of a paragraph for the list that follows; a line that introduces one may say which metric it lists."""
        if sentence.bullet:
            return
        tops = tuple(q for q in quantities if q.parent is None and q.amount > 1)
        if sentence.introduces:
            metrics = {i.entry.metric for i in items if i.entry.metric is not None}
            self.clauses.introduced = tuple(q for q in (*self.totals, *tops) if q.metric in metrics) or (*self.totals, *tops)
            families = any(i.entry.group is not None and i.entry.group.household for i in items)
            self.clauses.listed = (metrics.pop(), families) if len(metrics) == 1 and not quantities else None
        else:
            self.clauses.introduced, self.clauses.listed = (), None
        self.totals = (*self.totals, *tops)[-_TOTALS:] if sentence.paragraph - self.totals_in <= 1 else tops
        self.totals_in = sentence.paragraph


def _across_border(quantity: Quantity, mention: Mention | None) -> None:
    """Who returns from a place the gazetteer of the country does not know, or as a refugee, returns from abroad."""
    if quantity.metric is not Metric.IDP_RETURNED:
        return
    abroad = (
        mention is not None
        and mention.role is PlaceRole.ORIGIN
        and (mention.resolved is None or not (mention.resolved.place or mention.resolved.candidates))
    )
    if abroad or any(group.role == "refugee" for group in quantity.groups):
        quantity.metric = Metric.REFUGEE_RETURNED


def _as_level(quantity: Quantity, items: list[Item], text: Text) -> None:
    """`As of 31 May, 412,000 people were internally displaced`: how many are at a day, not how many moved."""
    at = _item_of(items, quantity) if quantity.metric is Metric.NEWLY_DISPLACED else None
    if at is None or not any(i.when is not None and i.when.role == "as_of" for i in items):
        return
    if "internally" in text.text[text.starts[items[at].first] : text.ends[items[at].last - 1]].lower():
        quantity.metric = Metric.DISPLACED_STOCK


def _item_of(items: list[Item], quantity: Quantity) -> int | None:
    """The item at which the quantity's trigger stands, when it stands in this sentence."""
    if quantity.trigger is None:
        return None
    at = bisect_left(items, quantity.trigger[0], key=_FIRST)
    return at if at < len(items) and items[at].first == quantity.trigger[0] else None
