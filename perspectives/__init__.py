"""Contested topics of an article, the positions on them and their evidence. `docs/architecture.md` is the map."""
