"""Learning platforms at the desk."""
