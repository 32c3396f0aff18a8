"""Keys, platforms and assignments of LTI."""
