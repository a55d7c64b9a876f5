"""From a publisher's feeds, lists and pages to documents: what such sources share, so that a file says only what is its own.

`house` states how a publisher's reports are read, `entries` makes documents of feed entries and pages, `lists` walks feeds and
pages of links, and `editions` is a whole source of several languages. Each document records how it was read in its media type,
so that its text can be derived again from the archived bytes alone: of the feed where the feed carries the report, of the page
otherwise.
"""

from ingest.feeds.editions import Edition, Speaks, from_editions
from ingest.feeds.entries import NOT_FOUND, own_page
from ingest.feeds.house import House, Page, Tally
from ingest.feeds.lists import Listing, from_feed, from_listing, from_pages

__all__ = [
    "NOT_FOUND",
    "Edition",
    "House",
    "Listing",
    "Page",
    "Speaks",
    "Tally",
    "from_editions",
    "from_feed",
    "from_listing",
    "from_pages",
    "own_page",
]
