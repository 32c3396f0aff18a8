"""The conventions of the API: requests, limits, errors, formats, pages."""
