"""Whether a text holds the words that are quoted from it."""
