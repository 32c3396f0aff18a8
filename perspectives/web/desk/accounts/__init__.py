"""People and invitations at the desk."""
