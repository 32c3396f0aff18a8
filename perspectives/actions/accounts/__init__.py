"""People, invitations and API keys."""
