"""Web pages to lines."""

from collections.abc import Callable

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import pick, read

SIDEBAR = "<p>88 people were killed elsewhere, says a long paragraph of the sidebar that outweighs the report beside it by far.</p>"
REPORT = "<p>Four people were hurt when a wall fell in Exampletown, the invented mayor said.</p>"


def text_of(body: str, media_type: str = "text/html") -> str:
    """The text of a page with this body."""
    return read(f"<!doctype html><html><body>{body}</body></html>".encode(), media_type, "page.html").text


def test_blocks_lists_and_tables_become_lines() -> None:
    """Block elements break lines, list items begin with a bullet, table rows are lines with cells held apart."""
    body = """<article><h2>In short</h2><p>First <b>bold</b><br>second</p>
    <ul><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ul>
    <table><caption>By place</caption><tr><th>Place</th><th>Killed</th></tr><tr><td>Exampleton</td><td><p>1</p><p>2</p></td></tr></table>
    <table><tr><td><p>A layout table</p><p>of two lines</p></td></tr></table></article>"""
    assert text_of(body).split("\n") == [
        "In short",
        "First bold",
        "second",
        "• one",
        "◦ inner",
        "• two",
        "By place",
        "Place | Killed",
        "Exampleton | 1 / 2",
        "A layout table",
        "of two lines",
    ]


def test_cells_stand_in_their_columns() -> None:
    """Merged cells keep the others in place; a merged label is said in each of its rows, a merged number once."""
    body = """<article><table><caption>Casualties</caption>
    <thead><tr><th rowspan=2>Governorate</th><th colspan=2>Killed</th><th rowspan="2">Displaced (HH)</th></tr>
    <tr><th>Total</th><th>Children</th></tr></thead>
    <tbody><tr><td rowspan=2>North | West</td><td>4</td><td rowspan=2>1</td><td>2&#8239;000</td></tr><tr><td>5</td><td>30</td></tr>
    <tr><td colspan=4>The south</td></tr><tr hidden><td>Secret</td><td>9</td></tr>
    <tr><td>Exampleton</td><td></td><td>0</td><td></td></tr></tbody></table></article>"""
    assert text_of(body).split("\n") == [
        "Casualties",
        "Governorate | Killed | | Displaced (HH)",
        "Governorate | Total | Children | Displaced (HH)",
        "North / West | 4 | 1 | 2\u202f000",
        "North / West | 5 | | 30",
        "The south",
        "Exampleton | | 0",
    ]


def test_cells_with_lists_are_read_as_lists() -> None:
    """A table that lays out a page, or holds lists, gives the lines of its cells, each read once."""
    body = """<article><table><tr><td>Exampleton</td><td><ul><li>4 killed</li><li>5 hurt<ul><li>2 children</li></ul></li></ul></td></tr>
    <tr><td><table><tr><td>Place</td><td>Killed</td></tr><tr><td>Northfield</td><td>3</td></tr></table></td><td>side</td></tr></table>"""
    assert text_of(body).split("\n") == [
        "Exampleton",
        "• 4 killed",
        "• 5 hurt",
        "◦ 2 children",
        "Place | Killed",
        "Northfield | 3",
        "side",
    ]


def test_definition_lists_pair_the_name_with_what_it_says() -> None:
    """“Killed” and “12” are one line."""
    assert text_of("<main><dl><dt>Killed</dt><dd>12</dd><dt>Hurt:</dt><dd>30</dd><dd>five badly</dd></dl></main>").split("\n") == [
        "Killed: 12",
        "Hurt: 30",
        "five badly",
    ]


def test_a_table_in_a_figure_is_read() -> None:
    """Content systems wrap tables like pictures; pictures with their captions stay out."""
    rows = "<tr><th>Place</th><th>Killed</th></tr><tr><td>Exampleton</td><td>4</td></tr>"
    table = f"<figure class='wp-block-table'><table>{rows}</table></figure>"
    text = text_of(f"<article>{REPORT}{table}<figure><img><figcaption>99 people were killed elsewhere</figcaption></figure></article>")
    assert "Exampleton | 4" in text
    assert "99" not in text


def test_words_that_are_not_the_reports_are_left_out() -> None:
    """Scripts, menus, hidden and struck-out words and footnote marks go; an ordinal's raised letters stay."""
    body = """<article><nav>9 jobs</nav><script>var killed = 5</script><style>p{}</style><aside>6 more</aside><p hidden>7</p>
    <p style="display: none">8</p><p>Some 1,200<sup>3</sup> fled on the 27<sup>th</sup>,
    <del>nine</del> ten<sup><a href="#n">[4]</a></sup> were hurt.</p></article>"""
    assert text_of(body) == "Some 1,200 fled on the 27th, ten were hurt."


def test_the_headline_is_the_first_line_once() -> None:
    """Figures stand in headlines too; a body that begins with its headline is not given a second one."""
    outside = f"<h1>Four hurt in Exampletown</h1><div class='text'>{REPORT}</div>"
    inside = f"<article><h1>Four hurt in Exampletown</h1>{REPORT}</article>"
    assert text_of(outside) == text_of(inside)
    assert text_of(inside).startswith("Four hurt in Exampletown\nFour people were hurt")


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='content'>{REPORT}</div><div class='sidebar'>{SIDEBAR}</div>",
        f"<div id='left-rail'>{SIDEBAR}</div><div class='content'>{REPORT}</div>",
        f"<aside>{SIDEBAR}</aside><main>{REPORT}</main>",
        f"<article>{REPORT}</article><article><a href='/x'>88 people were killed elsewhere</a></article>",
        f"<article class='post tag-related category-latest'>{REPORT}</article><div class='related-posts'>{SIDEBAR}</div>",
        f"<div class='has-sidebar' id='page'><h1>Wall falls</h1><div class='text'>{REPORT}</div><div>{SIDEBAR}</div></div>",
        f"<h1>Wall falls</h1>{REPORT}<h3>Related stories</h3>{SIDEBAR}",
        f"<div><h1>Wall falls</h1><div>{REPORT}<div><h4>Most read</h4>{SIDEBAR}</div></div></div>",
        f"<div><h1>جدار ينهار</h1><div>{REPORT}</div><div><h3>اقرأ أيضاً</h3>{SIDEBAR}</div></div>",
        f"<div itemprop='articleBody'>{REPORT}</div><div>{SIDEBAR}</div>",
        f"<table><tr><td>{REPORT}</td><td class='menu'>{SIDEBAR}</td></tr></table>",
        f"<form><div id='main-nav'>{SIDEBAR}</div><div class='page-content'>{REPORT}</div></form>",
        f"<main>{REPORT}<div class='widget'>{SIDEBAR}</div><div class='comments'>{SIDEBAR}</div></main><footer>{SIDEBAR}</footer>",
    ],
)
def test_a_sidebar_of_an_unknown_page_is_not_read(body: str) -> None:
    """However a short report stands beside its neighbours, their numbers do not become its figures."""
    text = text_of(body)
    assert "Four people were hurt" in text
    assert "88" not in text


def test_sections_of_one_report_stay_together() -> None:
    """A report cut into boxes alike is read whole."""
    sections = "".join(
        f"<div class='block'><p>Part {n} tells of {n} people hurt in Exampletown, in enough words.</p></div>" for n in (1, 2, 3)
    )
    assert text_of(f"<h1>Three parts</h1><div class='body'>{sections}</div>").count("Part") == 3


def test_bulleted_reports_keep_their_list() -> None:
    """A report that is mostly a list is read with its list."""
    text = text_of(f"<main><p>As follows:</p><ul><li>{'Two children of the same family from Exampletown'}</li></ul><p>End.</p></main>")
    assert "• Two children" in text


def test_a_selector_reads_that_part_only() -> None:
    """A known site names its part; what is to be dropped inside it goes; a second report further down is another one."""
    body = f"<div class='entry'>{REPORT}<figure>12</figure></div><section><div class='entry'>{SIDEBAR}</div></section>"
    assert (
        text_of(body, 'text/html; select="div.entry"; drop="figure"')
        == "Four people were hurt when a wall fell in Exampletown, the invented mayor said."
    )
    assert read(f"<body>{body}</body>".encode(), "text/html", "p", select="div.entry", drop=("p",)).text == "12"


def test_selected_siblings_are_read_together() -> None:
    """A selector of paragraphs takes all paragraphs of the same parent."""
    assert text_of("<div class='e'><p>One.</p><p>Two.</p></div>", 'text/html; select="div.e > p"') == "One.\nTwo."


def test_a_part_that_is_gone_is_told() -> None:
    """A site that changed its pages is noticed, not read by guess."""
    with pytest.raises(UnreadableDocument, match=r"page\.html has no part “div\.entry-content”, .*the site has changed"):
        text_of(REPORT, 'text/html; select="div.entry-content"')


def test_a_false_selector_is_told() -> None:
    """A typing error in the crisis file is a sentence."""
    with pytest.raises(UnreadableDocument, match="is no CSS selector; correct it"):
        text_of(REPORT, 'text/html; select="div[["')


def test_lines_can_be_dropped_by_pattern() -> None:
    """Standing lines go anywhere, sign-offs only at the end."""
    text = "Text in enough words to be the report of this page, certainly."
    body = f"<main><p>A. Sample/B. Example</p><p>{text}</p><p>Please donate</p><p>C. Sample/D. Example</p></main>"
    media = 'text/html; drop-line="^Please"; drop-tail="^[A-Z]\\\\. \\\\w+/"'
    assert text_of(body, media).split("\n") == ["A. Sample/B. Example", "Text in enough words to be the report of this page, certainly."]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2024-11-30T18:40:00+03:00'>", "2024-11-30T18:40:00+03:00"),
        ("<meta itemprop='datePublished' content='2024-11-30'>", "2024-11-30T12:00:00"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"datePublished":"2024-11-30T15:40:00Z"}]}</script>',
            "2024-11-30T15:40:00+00:00",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="date" content="2024-11-30T15:40:00.1234567Z">',
            "2024-11-30T15:40:00.123456+00:00",
        ),
        (
            "<meta name='pubdate' content='last Friday'><meta name='date' content='Sat, 30 Nov 2024 18:40:00 GMT'>",
            "2024-11-30T18:40:00+00:00",
        ),
    ],
)
def test_a_pages_date_is_read_where_it_is_stated(head: str, expected: str) -> None:
    """Meta elements and JSON-LD are understood; a day alone is its noon; nothing is guessed from prose."""
    page = f"<html lang='en-GB'><head><title>T</title>{head}</head><body><main>{REPORT}</main></body></html>"
    extracted = read(page.encode(), "text/html", "p")
    assert extracted.published is not None
    assert extracted.published.isoformat() == expected
    assert extracted.language == "en"


def test_a_page_without_a_date_has_none() -> None:
    """The reader invents no date."""
    assert read(f"<main>{REPORT}</main>".encode(), "text/html", "p").published is None


def test_the_title_is_the_only_headline_or_what_the_page_says() -> None:
    """The site's own name in another h1 does not become the title."""
    page = f"<meta property='og:title' content='From the meta'><title>x</title><h1>The Site</h1><h1>Other</h1><main>{REPORT}</main>"
    assert read(page.encode(), "text/html", "p").title == "From the meta"
    assert read(f"<h1>The Site</h1><article><h1>Wall falls</h1>{REPORT}</article>".encode(), "text/html", "p").title == "Wall falls"


def test_the_pages_own_charset_is_used() -> None:
    """A page declares its encoding itself where the server does not."""
    page = "<meta charset=windows-1256><main><p>قتل أربعة مدنيين</p></main>".encode("cp1256")
    assert read(page, "text/html", "p").text == "قتل أربعة مدنيين"


def test_one_element_can_be_picked() -> None:
    """A source may read a date that its pages show only to people."""
    assert pick(b"<p class=d> 2024-11-29\n</p>", "text/html", "p", "p.d") == "2024-11-29"
    assert pick(b"<p>x</p>", "text/html", "p", "p.d") == ""


def test_markup_built_to_keep_a_parser_busy_is_ended(within: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A small page that needs minutes of parsing costs seconds and a sentence; the next page is read as ever."""
    within("text", 1.0)
    with pytest.raises(UnreadableDocument, match="could not be read within 1 seconds"):
        read(b"<div>" * 300_000 + b"x", "text/html", "deep.html")
    monkeypatch.undo()  # a new worker has to start first
    attributes = b" ".join(b"a%d=1" % number for number in range(5000))
    assert (
        read(b"<main><p " + attributes + b">Four people were hurt.</p></main>", "text/html", "wide.html").text == "Four people were hurt."
    )
