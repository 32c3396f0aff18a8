"""What checks of evidence found, for editors."""
