"""Learning platforms."""
