"""The REST API, version 1: published editions for readers, and the desk for programs that curate. See `docs/api.md`."""
