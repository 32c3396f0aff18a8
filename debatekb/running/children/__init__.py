"""What a child process has with its parent: the pipe into its log, the word that it serves, and its end."""
