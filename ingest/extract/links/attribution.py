"""Who speaks from sentence to sentence: what pronouns stand for, voices that go on, and names that come later."""

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.extract.figures import Found
from ingest.extract.speech.voices import SPEECH, Voice, find, speaker_for
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Sentence, Text
from ingest.model.crisis import Organisation
from ingest.model.vocabulary import DatePrecision, Kind, SourceKind
from ingest.text.normalise import fold

_PUBLISHER: Final = "publisher"  # the role of `our correspondent`, `we`
_INFORMANTS: Final = "informants"  # the role of `reliable sources`, `field sources`
_MONITOR: Final = "war_monitor"
_PEOPLE: Final = frozenset({_INFORMANTS, "anonymous_local", "activists", "media_reports"})  # never "the group" or "the ministry"
_THE: Final = "ال"  # the Arabic article is part of its word
_CLAUSE: Final = bits("boundary pause")
_OF_ANOTHER: Final = bits("account owners")
_MEMORY: Final = 40  # voices back that a pronoun or a short name can stand for


@dataclass(slots=True)
class Attribution:
    """The voices of a text as it is read. `heard` are the named ones by the sentence that names them, `lately` the last of them;
    `chain` is the last one a figure was given, in `paragraph`. `breaks` are the items at which clauses of the sentence begin,
    `background` says that it tells of a whole war.
    """

    text: Text
    organisations: Mapping[str, Organisation]
    publisher: str
    heard: dict[int, list[Voice]] = field(default_factory=dict)
    lately: deque[Voice] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    breaks: tuple[int, ...] = ()
    background: bool = False
    chain: tuple[Voice, ...] = ()
    paragraph: int = -1

    def hear(self, items: list[Item], number: int, told: int) -> list[Voice]:
        """The voices of the next sentence, pronouns resolved; a pronoun of nobody named is dropped.

        `told` are the classes of its items together.
        """
        self.background = self._kind(self.publisher) is SourceKind.MEDIA and _is_background(items)
        if not told & SPEECH:
            return []
        self.breaks = tuple([k for k, item in enumerate(items) if item.flags & _CLAUSE])
        voices: list[Voice] = []
        for voice in find(items, self.text):
            known = self._resolved(voice)
            if known is None:
                continue
            voices.append(known)
            if not known.relay and known.source != _INFORMANTS:
                self.heard.setdefault(number, []).append(known)
                self.lately.append(known)
        return voices

    def chain_for(self, voices: list[Voice], at: int, sentence: Sentence) -> tuple[Voice, ...]:
        """The voices of a quantity. A sentence without a voice goes on with its paragraph's, but what a war has cost so far, told
        by a news outlet without naming anybody, is the outlet's own.
        """
        chain = speaker_for(voices, at, self.breaks)
        if chain:
            self.chain, self.paragraph = self._own(chain), sentence.paragraph
            return self.chain
        return self.chain if self.paragraph == sentence.paragraph and not self.background else ()

    def _own(self, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """A monitor's informants count for the monitor; `our correspondent` is the publisher; a news outlet reports what others count."""
        if chain[0].source == _PUBLISHER:
            return ()
        if chain[0].source == _INFORMANTS:
            if len(chain) > 1 and self._kind(chain[1].source) is SourceKind.MONITOR:
                return chain[1:]
            if len(chain) == 1 and self._kind(self.publisher) is SourceKind.MONITOR:
                return ()
        if len(chain) > 1 and self._kind(chain[0].source) is SourceKind.MEDIA and self._kind(chain[1].source) is not SourceKind.MEDIA:
            return (chain[1], chain[0], *chain[2:])  # "the agency said, according to a doctor"
        return chain

    def _kind(self, source: str) -> SourceKind | None:
        organisation = self.organisations.get(source)
        return organisation.kind if organisation else None

    def _resolved(self, voice: Voice) -> Voice | None:
        """The voice with the speaker its pronoun or its short name stands for."""
        if voice.speaker.pronoun:
            past = self._last_called(voice)
            if past is not None:
                return _as(voice, past)
            return replace(voice, speaker=replace(voice.speaker, pronoun=False)) if self._is_noun(voice) else None
        if not voice.source:
            past = self._full_name(voice)
            return _as(voice, past) if past is not None else voice
        return voice

    def _last_called(self, voice: Voice) -> Voice | None:
        """`the ministry`: the last voice so called, else the last organisation; `it`, `he`: the last voice."""
        noun = self.text.words[voice.last - 1].norm.removeprefix(_THE)
        called = next((past for past in reversed(self.lately) if noun in self._names(past)), None)
        if called is not None or not self._is_noun(voice):
            return called or self._last_told(voice)
        return next((past for past in reversed(self.lately) if past.source not in _PEOPLE), None)

    def _last_told(self, voice: Voice) -> Voice | None:
        """Whose figures were told last, for `the report`; who spoke last, for `it`."""
        account = any(self.text.words[k].flags & bit.ACCOUNT for k in range(*voice.speaker.whole))
        if account and self.chain:
            return self.chain[0]
        latest = next(reversed(self.heard.values()), [])
        return next((past for past in reversed(latest) if not past.cited), latest[-1] if latest else None)

    def _is_noun(self, voice: Voice) -> bool:
        """`the group`, `المنظمة`, unlike `it`: somebody even where nobody named before can be meant."""
        first, last = voice.speaker.whole
        words = self.text.words[first:last]
        noun = len(words) > 1 or not words[0].norm.isascii()
        return noun and voice.at != voice.verb and not any(word.flags & _OF_ANOTHER for word in words)

    def _full_name(self, voice: Voice) -> Voice | None:
        """`Doctor Smith` after `John Smith, the head of the hospital, said`, `the reporter` after `a reporter of X said`."""
        name = self.text.words[voice.last - 1]
        if name.text.islower() and name.text.isascii() and not voice.speaker.definite:
            return None
        return next((past for past in reversed(self.lately) if not past.cited and name.norm in self._written(past)), None)

    def _written(self, voice: Voice) -> set[str]:
        return {word.norm for word in self.text.words[slice(*voice.speaker.whole)]}

    def _names(self, voice: Voice) -> set[str]:
        organisation = self.organisations.get(voice.source)
        names = organisation.name.values() if organisation else ()
        return {word.removeprefix(_THE) for word in (*self._written(voice), *(w for name in names for w in fold(name).split()))}

    def settle(self, found: list[Found]) -> list[Found]:
        """The figures once the whole text is heard: a figure between two sentences of one voice is that voice's, and `a monitoring
        group` is the monitor the text names.
        """
        monitors = [(number, v.source) for number, voices in self.heard.items() for v in voices if self._is_named_monitor(v)]
        settled = []
        for one in found:
            voices = one.voices or self._between(one)
            if voices and voices[0].source == _MONITOR and monitors:
                later = bisect_left(monitors, (one.quantity.sentence, ""))
                source = monitors[min(later, len(monitors) - 1)][1]
                voices = (replace(voices[0], speaker=replace(voices[0].speaker, source=source)), *voices[1:])
            settled.append(replace(one, voices=voices) if voices is not one.voices else one)
        return settled

    def _is_named_monitor(self, voice: Voice) -> bool:
        return voice.source != _MONITOR and self._kind(voice.source) is SourceKind.MONITOR

    def _between(self, one: Found) -> tuple[Voice, ...]:
        here = one.quantity.sentence
        if here - 1 not in self.heard or here + 1 not in self.heard:
            return ()
        before, after = self.heard[here - 1][-1], self.heard[here + 1][0]
        if not after.goes_on or before.source != after.source or not before.source:
            return ()
        return () if before.source in (_PUBLISHER, _INFORMANTS) or one.times.kind is Kind.CUMULATIVE else (before,)


def _as(voice: Voice, past: Voice) -> Voice:
    """The voice as the speaker named before."""
    return replace(voice, speaker=replace(past.speaker, at=voice.at), here=voice.speaker.whole)


def _is_background(items: list[Item]) -> bool:
    """`The war, now in its tenth year, has claimed 300,000 lives`, `More than 40,000 have been killed since 2014`."""
    return any(
        i.flags & bit.WAR or (i.when is not None and i.when.role == "since" and i.when.precision is DatePrecision.YEAR) for i in items
    )
