"""What study tools and handouts read."""
