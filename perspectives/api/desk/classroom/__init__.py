"""Classes over REST."""
