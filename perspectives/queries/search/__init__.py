"""Claims found by words."""
