"""People who hold perspectives or state claims: one name, one slug, whatever the script or the accents."""

import re
import unicodedata

from perspectives.rules.sources.source_record import Name

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_WITHOUT_DECOMPOSITION = str.maketrans(
    dict(zip("øłđðı", "olddi", strict=True)) | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Small Latin letters that Unicode does not take apart into a letter and its accent."""
LONGEST_SLUG = 80


def person_slug(name: str) -> str:
    """Make the slug of a person's name: "Elias Götz" -> "elias-gotz", "Michael E. O'Hanlon" -> "michael-e-ohanlon".

    Apostrophes vanish, accents are dropped. A name of which nothing is left (another script) is written by the
    code points of its letters, so that no two such names share a slug by being empty.
    """
    bare = name.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    ascii_only = (
        unicodedata.normalize("NFKD", bare.translate(_WITHOUT_DECOMPOSITION)).encode("ascii", "ignore").decode()
    )
    slug = _NOT_IN_SLUGS.sub("-", ascii_only).strip("-")
    if not slug:
        slug = "u" + "-".join(f"{ord(character):x}" for character in bare if character.isalnum())
    return slug[:LONGEST_SLUG].rstrip("-")


def name_line(name: Name) -> str:
    """Write a name in the order in which it is spoken."""
    parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix, name.literal)
    return " ".join(part for part in parts if part)


def is_written_by(name: Name, person: str) -> bool:
    """Say whether the author of a work may be taken for the person with this slug.

    Works differ in how much of a name they print: with the same family name, the first given name has to be the same,
    or all the initials where one of the two has only initials. A single initial proves nothing.
    """
    if name.literal:
        return person_slug(name.literal) == person
    family = person_slug(" ".join(filter(None, (name.dropping_particle, name.non_dropping_particle, name.family))))
    if not name.given:
        return family == person
    is_of_family = person.endswith(f"-{family}")
    return is_of_family and _are_alike(person_slug(name.given).split("-"), person.removesuffix(f"-{family}").split("-"))


def _are_alike(given: list[str], other: list[str]) -> bool:
    if given[0] == other[0] and len(given[0]) > 1:
        return True
    are_short = all(len(part) == 1 for part in given) or all(len(part) == 1 for part in other)
    return are_short and len(given) > 1 and [part[0] for part in given] == [part[0] for part in other]
