"""The places a text names, and which of them each quantity belongs to."""
