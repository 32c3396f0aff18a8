"""People and events over all topics."""
