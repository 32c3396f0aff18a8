"""Editions, and what is made from them."""
