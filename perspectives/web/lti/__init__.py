"""Pages and addresses for learning platforms."""
