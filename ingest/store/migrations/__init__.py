"""The ledger's schema over time: one file per change, run in order, never edited once released."""
