"""Raw bytes -> clean text.

`read` turns one file into text, `read_feed` a feed into its entries and `read_feed_item` one entry into text, `read_cards` what
a page shows many times, `read_page_row` a page that tells of one thing field by field, `read_sheets` the tables of a workbook,
`read_json_field` one field of a JSON answer; `pick` finds one element of a page; `media_type_of` says what a file is. All are pure
functions of their arguments. What may keep a parser busy is read in a process that is ended when it takes too long.
"""

from ingest.text.extracted import Extracted, Feed, FeedItem, Sheet
from ingest.text.media import TABLES, XLSX, MediaType, media_type_of
from ingest.text.naming import file_type_of
from ingest.text.reader import pick, read, read_cards, read_feed, read_feed_item, read_json_field, read_page_row, read_sheets

__all__ = [
    "TABLES",
    "XLSX",
    "Extracted",
    "Feed",
    "FeedItem",
    "MediaType",
    "Sheet",
    "file_type_of",
    "media_type_of",
    "pick",
    "read",
    "read_cards",
    "read_feed",
    "read_feed_item",
    "read_json_field",
    "read_page_row",
    "read_sheets",
]
