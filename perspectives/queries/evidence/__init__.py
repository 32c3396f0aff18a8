"""Checks of evidence: what is due, what was found."""
