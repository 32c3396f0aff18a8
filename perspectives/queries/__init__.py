"""Reads; `published` is the one door for readers."""
