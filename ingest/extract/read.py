"""One document through all stages. Sentences without a word that matters cost next to nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ingest.extract import voices as voice_stage
from ingest.extract import whereabouts
from ingest.extract.clauses import Context, read_clauses
from ingest.extract.dates import fold_dates
from ingest.extract.entries import BIT
from ingest.extract.figures import Found, build
from ingest.extract.items import Item, itemise, organisation_of
from ingest.extract.quantities import Quantity
from ingest.extract.reader import Reader
from ingest.extract.restatements import link_restatements
from ingest.extract.sentences import Sentence, Text, split
from ingest.extract.voices import Voice
from ingest.extract.whereabouts import Mention
from ingest.extract.windows import Carried, Times, carry, times_of
from ingest.model.records import Document, Reading
from ingest.model.vocabulary import Kind, ValueStatus

# Below this a reading goes to a person first.
REVIEW_BELOW = 0.6


@dataclass(slots=True)
class _Memory:
    """What the sentences read so far leave for the next ones."""

    clauses: Context = field(default_factory=Context)
    times: Carried = field(default_factory=Carried)
    voices: tuple[Voice, ...] = ()
    voices_in: int = -1
    named: Voice | None = None
    place: Mention | None = None
    place_in: int = -1
    list_place: Mention | None = None


def find(document: Document, reader: Reader) -> tuple[Text, list[Found]]:
    """The text of a document and every quantity of people in it, with time, place and voices."""
    lexicon = reader.lexicon(document.language)
    text = split(document.text, lexicon)
    published = document.published_at.astimezone(reader.timezone).date()
    memory, found = _Memory(), []
    for number, sentence in enumerate(text.sentences):
        if _matters(text, sentence):
            items = fold_dates(itemise(text, sentence, lexicon), text, published)
            found.extend(_sentence(items, text, sentence, memory, reader, published, number))
    link_restatements(found)
    return text, found


def read(document: Document, reader: Reader) -> tuple[Reading, ...]:
    """Every claim of a document as a tidy row. Never raises on text; the same document gives the same rows."""
    text, found = find(document, reader)
    return tuple(Reading(figure) for figure in build(found, text, document, reader))


def numbered(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Only the readings that carry a number; claims without one matter to silence, not to counts."""
    return tuple(r for r in readings if r.figure.value_status in (ValueStatus.STATED, ValueStatus.EXPLICIT_ZERO))


def _matters(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence can hold a figure, or something that a later one leans on: a speaker, a day, a place in a heading."""
    if sentence.bullet or sentence.heading or sentence.introduces:
        return True
    for word in text.words[sentence.first : sentence.last]:
        if word.trigger or word.flags & BIT["digits"] or (word.own is not None and (word.own.organisation or word.own.weekday is not None)):
            return True
    return False


def _sentence(items: list[Item], text: Text, sentence: Sentence, memory: _Memory, reader: Reader, published: date, number: int) -> Iterator[Found]:
    carry(memory.times, items, sentence.paragraph, bullet=sentence.bullet)
    quantities = read_clauses(items, text, memory.clauses, bullet=sentence.bullet)
    triggered = any(i.entry.metric is not None for i in items)
    voices = voice_stage.find(items, text) if quantities or triggered or _names_someone(items, text) else []
    mentions = whereabouts.find(items, text, sentence, reader.gazetteer) if quantities or triggered or sentence.heading or sentence.introduces else []
    _remember(memory, voices, mentions, sentence)
    for position, quantity in enumerate(quantities):
        quantity.sentence = number
        until = next((q.at for q in quantities[position + 1 :] if q.trigger != quantity.trigger and q.parent is None), len(items))
        times = times_of(quantity, items, memory.times, published)
        mention = whereabouts.place_of(quantity, mentions, _item_of(items, quantity), until) or _carried_place(memory, sentence, times)
        chain = _chain(voices, quantity, memory, sentence)
        yield Found(quantity, times, mention, chain, (sentence.first, sentence.last), _confidence(quantity, mention))
    if not sentence.bullet:
        memory.clauses.introduced = memory.clauses.introduced_metric = None
        memory.list_place = None
    if sentence.introduces and quantities:
        top = next((q for q in quantities if q.parent is None), quantities[0])
        memory.clauses.introduced, memory.clauses.introduced_metric = top, top.metric
    elif sentence.introduces and memory.clauses.last_top is not None:
        memory.clauses.introduced, memory.clauses.introduced_metric = memory.clauses.last_top, memory.clauses.last_top.metric
    if sentence.introduces:
        memory.list_place = memory.place


def _item_of(items: list[Item], quantity: Quantity) -> int | None:
    """The item at which the quantity's trigger stands, when it stands in this sentence."""
    if quantity.trigger is None:
        return None
    return next((at for at, item in enumerate(items) if item.first == quantity.trigger[0]), None)


def _names_someone(items: list[Item], text: Text) -> bool:
    return any(organisation_of(item, text) for item in items)


def _remember(memory: _Memory, voices: list[Voice], mentions: list[Mention], sentence: Sentence) -> None:
    for voice in voices:
        if not voice.pronoun:
            memory.named = voice
    if mentions:
        memory.place, memory.place_in = mentions[0], sentence.paragraph


def _carried_place(memory: _Memory, sentence: Sentence, times: Times) -> Mention | None:
    """Without a place of its own a figure has that of its paragraph or list, and a single event that of the story so far."""
    if sentence.bullet and memory.list_place is not None:
        return memory.list_place
    if memory.place_in == sentence.paragraph or times.kind is Kind.INCIDENT:
        return memory.place
    return None


def _chain(voices: list[Voice], quantity: Quantity, memory: _Memory, sentence: Sentence) -> tuple[Voice, ...]:
    """The voices of a quantity; a pronoun is the last one named, and a sentence without a voice goes on with its paragraph's."""
    chain = voice_stage.speaker_for(voices, quantity.at)
    if chain and chain[0].pronoun:
        chain = (memory.named,) if memory.named is not None and not memory.named.pronoun else ()
    if chain:
        memory.voices, memory.voices_in = chain, sentence.paragraph
        return chain
    return memory.voices if memory.voices_in == sentence.paragraph else ()


def _confidence(quantity: Quantity, mention: Mention | None) -> float:
    """How sure the reading is: 0.97 less what each weak link costs. The weights are held against outcomes in the quality report."""
    sure = 0.97
    sure -= 0.25 * quantity.unknown
    sure -= 0.15 * (quantity.rule == "continues the list before it")
    sure -= 0.10 * (quantity.bare and quantity.parent is None)
    sure -= 0.05 * quantity.implicit
    sure -= 0.10 * (mention is not None and mention.resolved is not None and mention.resolved.place is None and bool(mention.resolved.candidates))
    return max(sure, 0.05)
