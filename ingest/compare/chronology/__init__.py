"""What happened over time: who was silent, the series of each voice, and what was known when."""
