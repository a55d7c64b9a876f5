"""Tables in a text -> figures, with their totals."""
