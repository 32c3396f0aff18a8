"""The OpenAPI document and the shapes that it describes."""
