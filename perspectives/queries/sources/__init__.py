"""Sources and their uses."""
