"""Web pages: the report's own lines, without menus, sidebars, captions, footnote marks and struck-out words."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.errors import UnreadableDocument
from ingest.text import page
from ingest.text.decode import decode
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.whitespace import flatten, tidy


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section summary table tbody tfoot thead tr ul caption"
)
# `del`, `s` and `strike` hold what the publisher took back.
_NEVER = _tags(
    "script style noscript template svg math iframe object embed audio video canvas button select option textarea input "
    "nav aside head del s strike"
)
_CELLS = frozenset({"td", "th"})
_FOOTNOTE = re.compile(r"\s*(?:[\[(]?\s*(?:\d{1,3}|[a-z]|note \d{1,3})\s*[\])]?|[*†‡§]+)\s*")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_ROW = " | "


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read a page. With a `select` parameter only that part is read; otherwise the part that is most surely the report."""
    tree = parse(content, media, name)
    facts = page.facts(tree)
    select = media.params.get("select", "")
    roots = _selected(tree, select, name) if select else [page.report_part(tree)]
    for root in roots:
        _drop(root, media.params.get("drop", ""), name)
    body = "\n".join(line for root in roots for line in lines_of(root))
    text = with_headline(facts.title, without_lines(tidy(body), media))
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
        raise UnreadableDocument(f"{name} cannot be read as HTML ({error}); save it again or as text.") from error


def _css(root: LexborHTMLParser | LexborNode, selector: str, name: str) -> list[LexborNode]:
    try:
        return list(root.css(selector))
    except (SelectolaxError, ValueError) as error:
        raise UnreadableDocument(
            f"{name} cannot be searched for “{selector}”, which is no CSS selector; correct it in the crisis file."
        ) from error


def _selected(tree: LexborHTMLParser, select: str, name: str) -> list[LexborNode]:
    """The selected elements: all of them where they stand side by side, the first where pages repeat it for other reports."""
    found = _css(tree, select, name)
    if not found:
        raise UnreadableDocument(
            f"{name} has no part “{select}”, where its report used to be; the site has changed, so its reader must be adapted."
        )
    parent = found[0].parent
    together = parent is not None and all(node.parent is not None and node.parent.mem_id == parent.mem_id for node in found)
    return found if together else found[:1]


def _drop(root: LexborNode, drop: str, name: str) -> None:
    if not drop:
        return
    page.remove([node for node in _css(root, drop, name) if node.mem_id != root.mem_id])


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
    """Collects inline text into lines: a block ends a line, a list item begins with a bullet, a row's cells share a line."""

    done: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    bullet: bool = False
    row: int = 0
    cells: int = 0

    def end(self) -> None:
        line = re.sub(r"[ \t\n\r\f]+", " ", "".join(self.current)).strip()
        self.current = []
        if line:
            self.done.append(f"• {line}" if self.bullet else line)
            self.bullet = False

    def enter(self, node: LexborNode) -> None:
        tag = node.tag
        if self.row:
            if tag in _CELLS and node.parent is not None and node.parent.mem_id == self.row:
                self.current.append(_ROW if self.cells else "")
                self.cells += 1
            elif tag in _BLOCKS or tag == "br":
                self.current.append(" ")
            return
        if tag == "br":
            self.end()
        elif tag in _BLOCKS or tag in _CELLS:
            self.end()
            self.bullet = self.bullet or tag == "li"
            if tag == "tr" and _cell_count(node) > 1:
                self.row, self.cells = node.mem_id, 0

    def leave(self, node: LexborNode) -> None:
        tag = node.tag
        if self.row and self.row != node.mem_id:
            self.current.append(" " if tag in _BLOCKS else "")
        elif self.row:
            self.row = 0
            self.current = [re.sub(r"[\s|]+$", "", "".join(self.current))]
            self.end()
        elif tag in _BLOCKS or tag in _CELLS:
            self.end()
            self.bullet = self.bullet and tag != "li"


def lines_of(root: LexborNode) -> list[str]:
    """The lines of an element, in order. Walks without recursion, however deep the page is nested."""
    lines = _Lines()
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
            lines.enter(node)
            descend = node.first_child is not None
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


def _cell_count(row: LexborNode) -> int:
    return sum(1 for child in row.iter() if child.tag in _CELLS)
