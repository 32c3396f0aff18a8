"""What somebody hands in, split into entries and read into records of sources."""
