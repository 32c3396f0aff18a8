"""When a topic may be published, and what publication writes besides the edition."""
