"""Web pages: the report's own lines, without menus, sidebars, captions, footnote marks and struck-out words."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.errors import UnreadableDocument
from ingest.model.failures import Failure, say
from ingest.model.unreadable import Unreadable
from ingest.text import page
from ingest.text.decode import decode
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.rows import Cell, Grid
from ingest.text.whitespace import flatten, tidy


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "html li main menu nav ol p pre section summary table tbody tfoot thead tr ul caption"
)
# `del`, `s` and `strike` hold what the publisher took back.
_NEVER = _tags(
    "script style noscript template svg math iframe object embed audio video canvas button select option textarea input "
    "nav aside head del s strike"
)
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol", "menu"})
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_FOOTNOTE = re.compile(r"\s*(?:[\[(]?\s*(?:\d{1,3}|[a-z]|note \d{1,3})\s*[\])]?|[*†‡§]+)\s*")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
NO_HEADLINE = "none"
_BULLET, _INNER_BULLET = "• ", "◦ "
_DEEPEST_ROWS = 40  # rows of cells inside cells of rows; deeper ones are read as blocks
_LONG_LINE = 160  # characters of a line that no cell of data has beside others
_DIGITS_OF_SPAN = 6


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read a page. With a `select` parameter only that part is read; otherwise the part that is most surely the report."""
    tree = parse(content, media, name)
    facts = page.facts(tree)
    select = media.params.get("select", "")
    roots = _selected(tree, select, name) if select else [page.report_part(tree)]
    for root in roots:
        _drop(root, media.params.get("drop", ""), name)
    body = "\n".join(line for root in roots for line in lines_of(root))
    text = without_lines(tidy(body), media)
    if media.params.get("headline") != NO_HEADLINE:
        text = with_headline(facts.title, text)
    return Extracted(title=facts.title, text=text, published=facts.published, language=facts.language)


def read_fragment(markup: str, media: MediaType, name: str) -> str:
    """The text of a piece of HTML as feeds and JSON answers carry it; `drop`, `drop-line` and `drop-tail` apply."""
    tree = _tree(f"<!doctype html><body>{markup}</body>", name)
    body = tree.body
    if body is None:
        return ""
    _drop(body, media.params.get("drop", ""), name)
    return without_lines(tidy("\n".join(lines_of(body))), media)


def pick(content: bytes, media: MediaType, name: str, selector: str) -> str:
    """The text of the first element a selector finds, on one line; empty where there is none."""
    node = parse(content, media, name).css_first(selector)
    return flatten(node.text(deep=True)) if node else ""


def parse(content: bytes, media: MediaType, name: str) -> LexborHTMLParser:
    """The tree of a page, decoded as declared by the server or by the page itself."""
    meta = _CHARSET.search(content[:_DECLARED_WITHIN])
    declared = media.params.get("charset") or (meta[1].decode("ascii") if meta else "")
    return _tree(decode(content, declared, name), name)


def _tree(markup: str, name: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(markup)
    except (SelectolaxError, ValueError, RuntimeError) as error:
        raise UnreadableDocument(say(Unreadable.BROKEN_PAGE, name=name, answer=error)) from error


def matching(root: LexborHTMLParser | LexborNode, selector: str, name: str) -> list[LexborNode]:
    """The elements a CSS selector finds. Raises `UnreadableDocument` where it is no selector."""
    try:
        return list(root.css(selector))
    except (SelectolaxError, ValueError) as error:
        raise UnreadableDocument(say(Unreadable.NO_SELECTOR, name=name, part=selector)) from error


def _selected(tree: LexborHTMLParser, select: str, name: str) -> list[LexborNode]:
    """The selected elements: all of them where they stand side by side, the first where pages repeat it for other reports."""
    found = matching(tree, select, name)
    if not found:
        raise UnreadableDocument(say(Failure.NO_PART, where=name, part=select))
    parent = found[0].parent
    together = parent is not None and all(node.parent is not None and node.parent.mem_id == parent.mem_id for node in found)
    return found if together else found[:1]


def _drop(root: LexborNode, drop: str, name: str) -> None:
    if not drop:
        return
    page.remove([node for node in matching(root, drop, name) if node.mem_id != root.mem_id])


def with_headline(title: str, body: str) -> str:
    """The body with the headline as its first line, unless it begins with it already."""
    if not title or flatten(body[: len(title) + 200]).startswith(title):
        return body
    return f"{title}\n{body}" if body else title


def without_lines(text: str, media: MediaType) -> str:
    """The text without the lines that `drop-line` matches anywhere and `drop-tail` at the end."""
    lines = text.split("\n")
    if pattern := media.params.get("drop-line"):
        lines = [line for line in lines if not re.search(pattern, line)]
    if pattern := media.params.get("drop-tail"):
        while lines and (not lines[-1] or re.search(pattern, lines[-1])):
            lines.pop()
    return tidy("\n".join(lines))


@dataclass(slots=True)
class _Lines:
    """Collects inline text into lines: a block ends a line, a list item begins with a bullet, a row's cells share a line.

    `deep` counts the lists around the current item, `within` the rows that are being read cell by cell. `grids` are the
    tables met so far, by the identity of their element.
    """

    within: int = 0
    done: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    bullet: str = ""
    deep: int = 0
    term: str = ""
    grids: dict[int, Grid] = field(default_factory=dict)

    def end(self) -> None:
        line = re.sub(r"[ \t\n\r\f]+", " ", "".join(self.current)).strip()
        self.current = []
        if line:
            self.done.append(f"{self.bullet}{line}")
            self.bullet = ""

    def enter(self, node: LexborNode) -> bool:
        """Begin an element; whether what it holds is still to be read."""
        tag = node.tag
        if tag == "br":
            self.end()
        elif tag in _BLOCKS or tag in _CELLS:
            self.end()
            self.deep += tag in _LISTS
            if tag == "li":
                self.bullet = _BULLET if self.deep < 2 else _INNER_BULLET
            elif tag == "dd" and self.term and self.done and self.done[-1] == self.term:
                self.current.append(f"{self.done.pop().removesuffix(':')}: ")  # what a definition list names, with what it says
            if tag == "tr":
                return not self._row(node)
        return True

    def leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag in _BLOCKS or tag in _CELLS:
            self.end()
            self.deep -= tag in _LISTS
            if tag == "dt":
                self.term = self.done[-1] if self.done else ""
            if tag == "li":
                self.bullet = ""

    def _row(self, node: LexborNode) -> bool:
        """Read a row of several cells as one line, or as the lines of its cells where they hold lists, tables or long text."""
        cells = [child for child in node.iter() if child.tag in _CELLS and not _unread(child)]
        if len(cells) < 2 or self.within >= _DEEPEST_ROWS:
            return False
        read = [lines_of(cell, self.within + 1) for cell in cells]
        if any(map(_is_layout, cells, read)):
            self.done += [line for lines in read for line in lines]
            return True
        grid = self.grids.setdefault(_table_of(node), Grid())
        spans = [(_span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells]
        self.done += filter(None, [grid.line([Cell("\n".join(lines), *span) for lines, span in zip(read, spans, strict=True)])])
        return True


def _is_layout(cell: LexborNode, lines: list[str]) -> bool:
    """Whether a cell holds more than a cell of data does: a list, a table, several long lines."""
    return (len(lines) > 1 and max(map(len, lines)) > _LONG_LINE) or cell.css_first("table, ul, ol, menu") is not None


def _table_of(row: LexborNode) -> int:
    """The identity of the table around a row."""
    at = row.parent
    while at is not None and at.tag in _ROW_GROUPS:
        at = at.parent
    return at.mem_id if at is not None else 0


def _span(cell: LexborNode, name: str) -> int:
    stated = (cell.attributes.get(name) or "").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < _DIGITS_OF_SPAN else 1


def lines_of(root: LexborNode, within: int = 0) -> list[str]:
    """The lines of an element, in order. Walks without recursion, however deep the page is nested, but for rows inside rows."""
    lines = _Lines(within)
    _walk(root, lines)
    lines.end()
    return lines.done


def _walk(root: LexborNode, lines: _Lines) -> None:
    node: LexborNode | None = root
    while node is not None:
        descend = False
        if node.is_text_node:
            lines.current.append(node.text(deep=False) or "")
        elif node.is_element_node and (node.mem_id == root.mem_id or not _unread(node)):
            descend = lines.enter(node) and node.first_child is not None
            if not descend:
                lines.leave(node)
        node = node.first_child if descend else _onward(node, root, lines)


def _onward(node: LexborNode, root: LexborNode, lines: _Lines) -> LexborNode | None:
    """The next node after this one and all it holds, leaving what ends on the way."""
    at: LexborNode | None = node
    while at is not None and at.mem_id != root.mem_id:
        if at.next is not None:
            return at.next
        at = at.parent
        if at is not None:
            lines.leave(at)
    return None


def _unread(node: LexborNode) -> bool:
    """Whether an element's words are not the report's: never-read tags, hidden parts, footnote marks."""
    tag = node.tag
    if tag in _NEVER:
        return True
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if re.search(r"display\s*:\s*none", attributes.get("style") or ""):
        return True
    # "1,200<sup>3</sup>" must not become 12003; "27<sup>th</sup>" must stay.
    return tag == "sup" and bool(_FOOTNOTE.fullmatch(node.text(deep=True) or ""))
