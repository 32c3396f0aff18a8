"""Suggesting a change, and following it."""
