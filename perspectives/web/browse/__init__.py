"""Pages over all topics: home, article guide, people, timeline, feed."""
