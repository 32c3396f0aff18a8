"""Proposals and editions over REST."""
