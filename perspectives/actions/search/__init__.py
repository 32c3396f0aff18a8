"""The vocabulary that the search knows."""
