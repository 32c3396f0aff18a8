"""What people usually write for the same content: the APIs that ours is measured against."""
