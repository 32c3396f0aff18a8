"""Sources over REST."""
