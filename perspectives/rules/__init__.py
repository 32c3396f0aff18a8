"""Pure functions of the domain: no query, no request, no network."""
