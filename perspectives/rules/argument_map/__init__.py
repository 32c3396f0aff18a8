"""The argument of a topic as a drawing: boxes, arrows and their labels."""
