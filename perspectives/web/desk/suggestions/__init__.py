"""Suggestions at the desk."""
