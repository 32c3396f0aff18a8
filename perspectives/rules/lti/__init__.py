"""What a launch says, and what can be chosen: without requests, database and network."""
