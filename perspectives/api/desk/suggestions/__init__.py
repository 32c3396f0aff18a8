"""Suggestions over REST."""
