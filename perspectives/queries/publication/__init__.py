"""What is published; `published` is the one door for readers."""
