"""What a page says about itself, and which part of an unknown page is the report.

The choice of the part prefers to miss text over taking a neighbour's: a sidebar's "88 people were killed" would become a
false figure. Known sources do without it and name their part by a selector.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.text.moment import parse_moment
from ingest.text.whitespace import flatten

_DATE_METAS = (
    "meta[property='article:published_time']",
    "meta[itemprop='datePublished']",
    "meta[name='article:published_time']",
    "meta[name='parsely-pub-date']",
    "meta[name='DC.date.issued']",
    "meta[name='dcterms.created']",
    "meta[name='pubdate']",
    "meta[name='publish-date']",
    "meta[name='date']",
)
_DATE_ELEMENTS = ("time[itemprop='datePublished']", "time[pubdate]", "article header time[datetime]", "time.entry-date[datetime]")
_DEEPEST_JSON = 6

# Words in class and id that mark what stands beside a report; a hyphenated mark counts by its first or last word.
_BESIDE = re.compile(
    "sidebar|rail|aside|related|recommended|recommendations|popular|trending|mostread|most-read|mostviewed|most-viewed|latest|widgets?|"
    "menu|nav|navbar|navigation|breadcrumbs?|comments?|respond|footer|share|sharing|social|newsletter|subscribe|promo|adverts?|"
    "advertisement|ads?|banner|cookies?|tags|teasers?|ticker|carousel|readmore|read-more|readnext|read-next|read-also|also-read|"
    "check-also|more-news|more-stories|author-box|author-bio|paywall|pagination|pager|toc|ruby-table-contents"
)
# Marks that content management systems put on the report itself: WordPress's own taxonomy and the names of page layouts.
_NEUTRAL = re.compile(r"(?:category|tag|type|status|format|has|no|with|without|content|layout|page|post)[-_]", re.IGNORECASE)
_HEADINGS_BESIDE = re.compile(
    r"\s*(?:related|more (?:on|from|news|stories)|most (?:read|viewed|popular)|latest|popular|trending|recommended|read (?:also|more|next)|"
    r"see also|also read|you (?:may|might) (?:also )?like|comments?|اقرأ أيضا|إقرأ أيضا|الأكثر قراءة|مواضيع ذات صلة|أخبار ذات صلة|"
    r"آخر الأخبار|قد يعجبك)",
    re.IGNORECASE,
)
_ALWAYS_BESIDE = "nav, aside, footer, [role=navigation], [role=complementary], [role=contentinfo], [role=search], dialog, figure"
_REPORT = (
    "[itemprop=articleBody]",
    ".entry-content",
    ".article-body",
    ".article__body",
    ".post-content",
    ".field--name-body",
    ".story-body",
)
_FRAMES = frozenset({"html", "body", "main", "article", "h1"})
_KEEPS = "h1, article, main, [itemprop=articleBody]"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADER_MARK = re.compile(r"(?:^|[\s_-])(?:header|head|title|hero|meta|byline)(?:$|[\s_-])", re.IGNORECASE)
_TEXT_BLOCKS = "p, li, div, td, section, article, main, blockquote, body"
_LOOSE = 40  # characters of text outside paragraphs that make an element a text block of its own
_SURE, _SHARE = 50, 0.15  # a part with this many characters, and this share of the heaviest, may be the report


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Title, time of publication (without a zone where none is stated) and language code of a page, empty where not stated."""

    title: str
    published: datetime | None
    language: str


def facts(tree: LexborHTMLParser) -> PageFacts:
    """Read what the page states about itself, before anything is taken out of it."""
    root = tree.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    return PageFacts(_title(tree), _published(tree), re.split(r"[-_]", language.strip().lower())[0])


def _title(tree: LexborHTMLParser) -> str:
    for selector in ("[itemprop=headline]", "article h1", "main h1", "h1"):
        found = [heading for heading in (flatten(node.text(deep=True)) for node in tree.css(selector)) if heading]
        if len(found) == 1:
            return found[0]
    meta = tree.css_first("meta[property='og:title']")
    stated = flatten((meta.attributes.get("content") or "") if meta else "")
    if stated:
        return stated
    title = tree.css_first("title")
    return flatten(title.text(deep=True)) if title else ""


def _published(tree: LexborHTMLParser) -> datetime | None:
    return next((moment for stated in _stated_dates(tree) if (moment := parse_moment(stated))), None)


def _stated_dates(tree: LexborHTMLParser) -> Iterator[str]:
    """Where pages state their date, the most reliable first."""
    for selector in _DATE_METAS[:2]:
        for node in tree.css(selector):
            yield node.attributes.get("content") or ""
    yield from _linked_dates(tree)
    for selector in _DATE_METAS[2:]:
        for node in tree.css(selector):
            yield node.attributes.get("content") or ""
    for selector in _DATE_ELEMENTS:
        for node in tree.css(selector):
            yield node.attributes.get("datetime") or ""


def _linked_dates(tree: LexborHTMLParser) -> Iterator[str]:
    """`datePublished` of the page's JSON-LD, wherever in its graph it stands."""
    for node in tree.css("script[type='application/ld+json']"):
        try:
            yield from _dates_within(json.loads(node.text(deep=True) or "null"), _DEEPEST_JSON)
        except (ValueError, RecursionError):
            continue


def _dates_within(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for inner in value.values():
            yield from _dates_within(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _dates_within(inner, depth - 1)


def report_part(tree: LexborHTMLParser) -> LexborNode:
    """The element that is most surely the report of an unknown page, freed of what stands beside it."""
    body = tree.body
    if body is None:
        raise ValueError("a parsed page always has a body")
    beside = [node for node in body.css(_ALWAYS_BESIDE) if node.tag != "figure" or node.css_first("table") is None]
    remove([*beside, *(node for node in body.css("[class], [id]") if _marked_beside(node))])
    remove([node for heading in body.css("h2, h3, h4, h5, h6") for node in _section_beside(heading)])
    for selector in _REPORT:
        if len(found := [node for node in body.css(selector) if _weight(node)]) == 1:
            return found[0]
    articles = [node for node in body.css("article") if _weight(node)]
    if len(articles) == 1:
        return articles[0]
    scope = _around_headline(body) or next(iter(body.css("main, [role=main]")), body)
    return _first_of_weight(scope)


def remove(nodes: list[LexborNode]) -> None:
    """Take elements out of the tree. Only the outermost are touched: what is inside one that is gone must not be asked again."""
    ids = {node.mem_id for node in nodes}
    outermost = {node.mem_id: node for node in nodes if not any(above.mem_id in ids for above in _above(node))}
    for node in outermost.values():
        node.decompose()


def _above(node: LexborNode) -> Iterator[LexborNode]:
    at = node.parent
    while at is not None:
        yield at
        at = at.parent


def _marked_beside(node: LexborNode) -> bool:
    """Whether class or id mark an element as standing beside the report; what holds the headline never does."""
    if node.tag in _FRAMES:
        return False
    for mark in _marks(node).split():
        words = mark.replace("_", "-").split("-")
        named = any(_BESIDE.fullmatch(word) for word in ("-".join(words), words[0], words[-1]))
        if named and not _NEUTRAL.match(mark) and not node.css(_KEEPS):
            return True
    return False


def _marks(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()


def _section_beside(heading: LexborNode) -> list[LexborNode]:
    """A "Related" heading with what it heads: its own box, or what follows it up to the next heading."""
    if not _HEADINGS_BESIDE.match(heading.text(deep=True) or ""):
        return []
    box = heading.parent
    if box is not None and box.tag not in _FRAMES and not box.css(_KEEPS) and next(iter(box.iter())).mem_id == heading.mem_id:
        return [box]
    section = [heading]
    following = heading.next
    while following is not None and following.tag not in _HEADINGS:
        section.append(following)
        following = following.next
    return section


def _around_headline(body: LexborNode) -> LexborNode | None:
    """The nearest surroundings of the only headline that hold running text of their own, beyond byline and standfirst."""
    headlines = body.css("h1")
    if len(headlines) != 1:
        return None
    for node in _above(headlines[0]):
        if not _heading_only(node) and _weight(node):
            return node
        if node.tag == "body":
            break
    return None


def _heading_only(node: LexborNode) -> bool:
    """Whether an element is marked as the head of a report: headline, byline, standfirst."""
    if node.tag in {"header", "hgroup"} or not node.is_element_node:
        return True
    return node.tag not in _FRAMES and bool(_HEADER_MARK.search(_marks(node)))


def _weight(node: LexborNode) -> int:
    """Characters of running text inside an element, links not counted."""
    return sum(weight for _, weight in _text_blocks(node))


def _text_blocks(scope: LexborNode) -> Iterator[tuple[LexborNode, int]]:
    """The containers of running text in order: paragraphs count for their parent, list items for the list's, loose text for its own."""
    for node in scope.css(_TEXT_BLOCKS):
        container = node.parent if node.tag == "p" else node.parent and node.parent.parent if node.tag == "li" else None
        if container is not None:
            linked = sum(len(link.text(deep=True) or "") for link in node.css("a"))
            yield container, max(len(flatten(node.text(deep=True) or "")) - linked, 0)
        elif node.tag not in {"p", "li"}:
            loose = sum(len((child.text(deep=False) or "").strip()) for child in node.iter(include_text=True) if child.is_text_node)
            if loose >= _LOOSE:
                yield node, loose


def _first_of_weight(scope: LexborNode) -> LexborNode:
    """The first container with enough text to be the report; what stands beside it comes later on a page.

    Sections of one report, side by side under the same mark, are taken together. Without any text, the scope itself.
    """
    containers: dict[int, LexborNode] = {}
    weights: dict[int, int] = {}
    for container, weight in _text_blocks(scope):
        if _heading_only(container):
            continue
        containers.setdefault(container.mem_id, container)
        weights[container.mem_id] = weights.get(container.mem_id, 0) + weight
    enough = min(max(_SURE, max(weights.values(), default=0) * _SHARE), max(weights.values(), default=0))
    chosen = next((containers[key] for key, weight in weights.items() if weight and weight >= enough), scope)
    mark = chosen.attributes.get("class") or ""
    parent = chosen.parent
    if mark and parent is not None and chosen.mem_id != scope.mem_id and parent.tag not in {"html", "body"}:
        alike = [child for child in parent.iter() if child.tag == chosen.tag and (child.attributes.get("class") or "") == mark]
        return parent if len(alike) > 1 else chosen
    return chosen
