"""The example tools, run as a stranger would run them."""
