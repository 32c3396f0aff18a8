"""What people may say of themselves, and the form of their keys."""
