"""What messages of webhooks say, how they are signed, and when they are sent again."""
