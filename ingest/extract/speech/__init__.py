"""Who says so, how it was counted, and who is held responsible."""
