"""Small tables: rows that can be read on a phone, numbers that line up, headings that sort by a plain link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.links import view_link


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, the sort it offers (empty for none), whether it holds numbers, and a name for its styles."""

    label: str
    sort: str = ""
    number: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the table is sorted now, and the address that sorts it otherwise."""

    now: str
    href: Any


def table(
    heads: Sequence[Head], rows: Sequence[Sequence[Any]], *, caption: str, sorting: Sorting | None = None, stacked: bool = False
) -> Component:
    """A table with a caption for those who do not see it, and headings that sort where `sorting` says how.

    `stacked`: on a phone each row stands as a list of its own, every value behind its heading.
    """
    return html.Table(
        [
            html.Caption(caption, className="unseen"),
            html.Thead(html.Tr([_heading(head, sorting) for head in heads])),
            html.Tbody([html.Tr([_cell(head, value, named=stacked) for head, value in zip(heads, row, strict=True)]) for row in rows]),
        ],
        className="table stacked" if stacked else "table",
    )


def _heading(head: Head, sorting: Sorting | None) -> Component:
    plain: dict[str, Any] = {"scope": "col", "className": _classes(head, "head")}
    if not head.sort or sorting is None:
        return html.Th(head.label, **plain)
    down, up = sorting.now == f"-{head.sort}", sorting.now == head.sort
    arrow = html.Span("↓" if down else "↑" if up else "", className="arrow", **attributes(aria_hidden="true"))
    order = attributes(aria_sort="descending" if down else "ascending") if down or up else {}
    link = view_link([head.label, arrow], sorting.href(head.sort if down else f"-{head.sort}"))
    return html.Th(link, **plain, **order)


def _classes(head: Head, part: str) -> str | None:
    return " ".join(name for name in ("number" if head.number else "", f"{part}-{head.name}" if head.name else "") if name) or None


def _cell(head: Head, value: Any, *, named: bool) -> Component:
    return html.Td(value, className=_classes(head, "cell"), **(attributes(data_head=head.label) if named else {}))


def facts(pairs: Sequence[tuple[str, Any]]) -> Component:
    """Names and values; pairs without a value are left out."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs if value not in (None, "")], className="facts")


def pager(page: int, pages: int, *, href: Any, label: str, previous: str, following: str) -> Component | None:
    """Links to the page before and the page after; nothing where everything fits on one."""
    if pages <= 1:
        return None
    back = view_link(previous, href(page - 1), rel="prev") if page > 1 else html.Span(previous, className="off")
    on = view_link(following, href(page + 1), rel="next") if page < pages else html.Span(following, className="off")
    return html.Nav([back, html.Span(label), on], className="pager", **attributes(aria_label=label))
