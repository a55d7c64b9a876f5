"""What a model answered, taken apart field by field: nothing passes that is not of the type and the words asked for."""

from dataclasses import dataclass
from typing import Any, Final

from ingest.errors import UnreadableDocument
from ingest.extract.second.question import COUNTED, FIELDS, UNITS
from ingest.model.vocabulary import Metric, Unit
from ingest.text import read_json

_MOST: Final = 500  # figures taken from one answer
_LONGEST: Final = 3000  # characters of one field
_LARGEST: Final = 10**10  # more people than there are
_FENCE: Final = "```"


class Unusable(Exception):
    """An answer, or one figure of it, that cannot be taken; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One figure as the model claims it, not yet held against the text. `whole` is a position in the same answer."""

    quote: str
    number: str
    value: int
    metric: Metric
    unit: Unit
    whole: int | None
    source: str
    place: str


def content_of(body: bytes) -> str:
    """The text a model wrote, out of the protocol's answer. Raises `Unusable` where there is none, or only the beginning of one."""
    answer = _json(body.decode("utf-8", "replace"), "The answer")
    choices = answer.get("choices") if isinstance(answer, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise Unusable("The answer has no choices[0].message, so it is no answer of the chat-completions protocol.")
    if choice.get("finish_reason") == "length":
        raise Unusable("The answer breaks off (finish_reason is length); let the model write more, or take one with more room.")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        raise Unusable(f"The model wrote nothing (finish_reason is {str(choice.get('finish_reason'))[:40]}).")
    return content


def claims_of(content: str) -> list[Claimed | Unusable]:
    """The figures of what a model wrote, in its order, each taken or with the reason why not. Raises `Unusable` where it is no list."""
    answer = _json(_unfenced(content), "What the model wrote")
    figures = answer.get("figures") if isinstance(answer, dict) else None
    if not isinstance(figures, list):
        raise Unusable('What the model wrote is no object with a list "figures".')
    if len(figures) > _MOST:
        raise Unusable(f"The model lists {len(figures)} figures for one piece of text, more than the {_MOST} that are taken.")
    return [_claimed(figure) for figure in figures]


def _unfenced(content: str) -> str:
    """Models that were not held to a form put JSON between Markdown fences."""
    content = content.strip()
    if content.startswith(_FENCE) and content.endswith(_FENCE):
        _, _, content = content.removesuffix(_FENCE).partition("\n")
    return content


def _json(text: str, what: str) -> Any:
    try:
        return read_json(text.encode("utf-8"), what)
    except UnreadableDocument as error:
        raise Unusable(f"{what} is not valid JSON.") from error


def _claimed(figure: Any) -> Claimed | Unusable:
    try:
        if not isinstance(figure, dict):
            raise Unusable("It is no JSON object.")  # noqa: TRY301  # one way out for whatever is wrong with a figure
        missing = [name for name in FIELDS if name not in figure]
        if missing:
            raise Unusable(f"It has no {missing[0]!r}.")  # noqa: TRY301
        return Claimed(
            _text(figure, "quote"),
            _text(figure, "number"),
            _whole_number(figure, "value", _LARGEST),
            Metric(_word(figure, "metric", [metric.value for metric in COUNTED])),
            Unit(_word(figure, "unit", [unit.value for unit in UNITS])),
            None if figure["whole"] is None else _whole_number(figure, "whole", _MOST),
            "" if figure["source"] is None else _text(figure, "source"),
            "" if figure["place"] is None else _text(figure, "place"),
        )
    except Unusable as error:
        return error


def _text(figure: dict[str, Any], name: str) -> str:
    value = figure[name]
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise Unusable(f"Its {name!r} is no text of up to {_LONGEST} characters.")
    return value


def _whole_number(figure: dict[str, Any], name: str, largest: int) -> int:
    value = figure[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= largest:
        raise Unusable(f"Its {name!r} is no whole number from 0 to {largest}.")
    return value


def _word(figure: dict[str, Any], name: str, words: list[str]) -> str:
    value = figure[name]
    if value not in words:
        raise Unusable(f"Its {name!r} is none of the words allowed.")
    return str(value)
