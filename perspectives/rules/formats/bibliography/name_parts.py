"""Names and pages as formats want them that have a field for each part."""

from perspectives.rules.sources.source_record import Name


def first_and_last(pages: str | None) -> tuple[str, str]:
    """Take a range of pages apart: `11-29` -> ("11", "29"), `20` -> ("20", ""), nothing -> ("", "")."""
    first, _, last = (pages or "").replace("\N{EN DASH}", "-").partition("-")
    return first.strip(), last.strip()


def family(name: Name) -> str:
    """Give the family name with its particles; nothing for an organisation."""
    return " ".join(part for part in (name.dropping_particle, name.non_dropping_particle, name.family) if part)


def inverted(name: Name) -> str:
    """Write a name with the family first, since no program can tell where a double name begins."""
    return name.literal or ", ".join(part for part in (family(name), name.given, name.suffix) if part)
