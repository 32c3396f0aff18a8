"""The pages of one's own webhooks."""
