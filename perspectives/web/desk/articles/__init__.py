"""Articles at the desk: their list, a new one, its guide part by part, and picking passages from its text."""
