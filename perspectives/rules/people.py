"""People who hold perspectives: one name, one slug, whatever the script or the accents."""

import re
import unicodedata

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_WITHOUT_DECOMPOSITION = str.maketrans(
    dict(zip("øłđðı", "olddi", strict=True)) | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Small Latin letters that Unicode does not take apart into a letter and its accent."""
_MAX_LENGTH = 80


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
    return slug[:_MAX_LENGTH].rstrip("-")
