"""From a report to a published snapshot: fetch, read, extract, locate, store, compare, publish."""
