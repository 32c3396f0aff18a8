"""Taking sources in, entry by entry."""
