"""Linked data: JSON-LD and Web Annotations."""
