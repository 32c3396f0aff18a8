"""From draft to edition, and everything made from editions."""
