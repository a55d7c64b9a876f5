"""Words of time -> days, windows and kinds, resolved against the day of publication."""
