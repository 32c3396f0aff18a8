"""The REST API, version 1: public, read-only, published editions only. See `docs/api.md`."""
