"""Proposals and editions at the desk."""
