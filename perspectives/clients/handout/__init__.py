"""Files of handouts, and what they are made with."""
