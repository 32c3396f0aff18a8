"""Drafts: the tables that mirror documents."""
