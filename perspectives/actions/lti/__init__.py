"""What is done with learning platforms."""
