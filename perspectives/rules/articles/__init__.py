"""Articles: picking passages from a text that is not kept, and the parts of a guide that hang together."""
