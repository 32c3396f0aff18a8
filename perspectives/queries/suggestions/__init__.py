"""Suggestions: one's own, the queue, and what they are about."""
