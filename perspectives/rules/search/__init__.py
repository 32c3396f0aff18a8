"""What the search keeps of claims, and how results are told."""
