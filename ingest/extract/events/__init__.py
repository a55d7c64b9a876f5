"""What happened to the people counted: triggers, totals and their parts, and who shares a word."""
