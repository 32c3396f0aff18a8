"""The shape of documents and packs: what they may look like, what is wrong with one, and how two differ."""
