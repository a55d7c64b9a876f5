"""Numbers with their nouns -> quantities: how many of whom, in which interval, and what only looks like it."""
