"""One's own account: signing in and up, the second factor, the profile, and keys."""
