"""What waits at the desk, and what was done there."""
