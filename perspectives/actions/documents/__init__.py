"""Writing documents into the drafts, whole or part by part."""
