"""A short document for people, as plain text and as a page of simple HTML that any mail program shows.

Everything in it is text: what a report says is escaped, and shown in the direction of its own script.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_STYLE = "font-family:sans-serif;font-size:15px;line-height:1.5;max-width:42em"
_QUIET = "color:#555555;font-size:13px"
_INDENT = "   "


@dataclass(frozen=True, slots=True)
class Item:
    """One line; `quote` are words of a report, `link` leads to what is behind it. Either may be empty."""

    text: str
    quote: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `more` says what is left out, and `link` leads there."""

    heading: str
    items: tuple[Item, ...]
    more: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole: `lead` are its first paragraphs, `foot` its last. `quotation` is a pair of marks with {} between, `open` a link's word."""

    title: str
    language: str
    direction: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[Item, ...]
    quotation: str
    open: str


def as_text(paper: Paper) -> str:
    """Lines as they are read on a terminal."""
    return "\n".join(_lines(paper)).strip() + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    yield from paper.lead
    for section in paper.sections:
        yield ""
        yield section.heading
        for item in section.items:
            yield f" • {item.text}"
            if item.quote:
                yield _INDENT + paper.quotation.format(item.quote)
            if item.link:
                yield _INDENT + item.link
        if section.more:
            yield f" • {section.more}"
            if section.link:
                yield _INDENT + section.link
    for item in paper.foot:
        yield ""
        yield " ".join(filter(None, (item.text, item.link)))


def as_page(paper: Paper) -> str:
    """HTML without anything that is loaded from elsewhere."""
    body = "".join(
        [
            f"<h1 style='font-size:20px'>{escape(paper.title)}</h1>",
            *(f"<p>{escape(part)}</p>" for part in paper.lead),
            *(_section(section, paper) for section in paper.sections),
            "<hr>",
            *(f"<p style='{_QUIET}'>{_said(item, item.text)}</p>" for item in paper.foot),
        ]
    )
    return (
        f"<!doctype html><html lang='{escape(paper.language)}' dir='{escape(paper.direction)}'><head><meta charset='utf-8'>"
        f"<title>{escape(paper.title)}</title></head><body style='{_STYLE}' dir='{escape(paper.direction)}'>{body}</body></html>\n"
    )


def _section(section: Section, paper: Paper) -> str:
    lines = [_line(item, paper) for item in section.items]
    if section.more:
        lines.append(f"<li>{_said(Item('', link=section.link), section.more)}</li>")
    return f"<h2 style='font-size:16px'>{escape(section.heading)}</h2><ul>{''.join(lines)}</ul>"


def _line(item: Item, paper: Paper) -> str:
    quote = f"<br><span dir='auto' style='{_QUIET}'>{escape(paper.quotation.format(item.quote))}</span>" if item.quote else ""
    link = f" {_said(item, paper.open)}" if item.link else ""
    return f"<li>{escape(item.text)}{link}{quote}</li>"


def _said(item: Item, text: str) -> str:
    return f"<a href='{escape(item.link)}'>{escape(text)}</a>" if item.link else escape(text)
