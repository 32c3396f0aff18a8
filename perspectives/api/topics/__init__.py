"""Topics, claims, editions and what is cut from them."""
