"""What is read of classes."""
