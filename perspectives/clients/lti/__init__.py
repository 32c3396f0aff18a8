"""What learning platforms are asked for."""
