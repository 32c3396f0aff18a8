"""Servers that are asked for records of works when sources are taken in."""
