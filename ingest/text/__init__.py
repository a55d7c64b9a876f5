"""Raw bytes -> clean text.

`read` turns one file into text, `read_feed` a feed into its entries and `read_feed_item` one entry into text, `read_cards` what
a page shows many times, `read_page_row` a page that tells of one thing field by field, `read_sheets` the tables of a workbook,
`read_json_field` one field of a JSON answer; `read_json`, `read_listed` and `read_answer` take answers of records apart,
`read_delimited` a table, `read_toml` a file of settings; `pick` finds one element of a page; `media_type_of` says what a file is. All
are pure functions of their arguments, and all read in a process that is ended when it takes too long or too much (`ingest.apart`).
"""

from ingest.text.extracted import Extracted, Feed, FeedItem, Sheet
from ingest.text.media import TABLES, XLSX, MediaType, media_type_of
from ingest.text.naming import file_type_of
from ingest.text.reader import (
    pick,
    read,
    read_answer,
    read_cards,
    read_delimited,
    read_feed,
    read_feed_item,
    read_json,
    read_json_field,
    read_listed,
    read_page_row,
    read_sheets,
    read_toml,
)

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
    "read_answer",
    "read_cards",
    "read_delimited",
    "read_feed",
    "read_feed_item",
    "read_json",
    "read_json_field",
    "read_listed",
    "read_page_row",
    "read_sheets",
    "read_toml",
]
