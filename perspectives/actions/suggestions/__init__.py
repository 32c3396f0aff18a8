"""Suggestions: sent by readers, decided by moderators."""
