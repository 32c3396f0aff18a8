"""What waits at the desk, and its statistics."""
