"""What suggestions must give, and what accepting one changes."""
