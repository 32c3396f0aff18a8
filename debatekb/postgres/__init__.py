"""The database backend: PostgreSQL with a limit to how long it is waited for."""
