"""Which claims are of one event."""
