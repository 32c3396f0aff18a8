"""What is read off the document of a topic: rows of the comparison, timeline, people."""
