"""The history of every action."""
