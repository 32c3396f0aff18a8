"""Drafts over REST."""
