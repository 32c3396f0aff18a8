"""What was handed in and how far it is."""
