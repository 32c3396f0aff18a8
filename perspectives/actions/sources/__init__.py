"""Adding, correcting and merging sources."""
