"""Notices: what people are told of, on the site and by mail."""
