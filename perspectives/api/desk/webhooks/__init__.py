"""One's own webhooks."""
