"""What the search is told at the desk."""
