"""Pages of the argument map."""
