"""Backups, and recovery to a moment."""
