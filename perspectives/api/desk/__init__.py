"""The desk over REST: the same actions as on its pages, for programs that curate. Kept apart from what readers read."""
