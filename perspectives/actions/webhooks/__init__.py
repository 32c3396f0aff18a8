"""Webhooks: who is told of new editions and retractions, and the sending."""
