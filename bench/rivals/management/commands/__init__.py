"""Commands that exist only for the bench."""
