"""Sources in the formats of reference managers, out and back."""
