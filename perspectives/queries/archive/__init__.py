"""What is archived."""
