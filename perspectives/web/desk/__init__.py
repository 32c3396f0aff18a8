"""The desk: where people curate drafts and sources, decide suggestions, and publish."""
