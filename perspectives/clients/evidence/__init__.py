"""Texts of works that editors have."""
