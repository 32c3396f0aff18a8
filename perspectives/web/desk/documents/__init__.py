"""Drafts at the desk: read, edited part by part, ordered."""
