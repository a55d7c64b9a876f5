"""Which claims are set side by side, as series and as pairs, and how they compare item by item."""
