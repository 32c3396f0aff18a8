"""The knowledge base for assistants, by the Model Context Protocol."""
