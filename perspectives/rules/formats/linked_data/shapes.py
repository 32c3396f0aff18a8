"""What our graph keeps to, as SHACL shapes with the codes of our vocabulary."""

from pathlib import Path
from string import Template
from typing import Final

from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.linked_data.vocabulary import CITATION_INTENTS, CODES, code

_SHAPES: Final = Template(Path(__file__).with_suffix(".ttl").read_text(encoding="utf-8"))


def shapes(base: str) -> str:
    """Write the shapes as Turtle; they are of whole topics and guides, whose claims and works tell of each other."""
    codes = {name: " ".join(code(name, word.value) for word in words) for name, words in CODES.items()}
    intents = "".join(
        f"        [ sh:property [ sh:path kb:relation ; sh:hasValue {code('relation', relation.value)} ] ;\n"
        f"          sh:property [ sh:path cito:hasCitationCharacterization ; sh:hasValue cito:{intent} ] ]\n"
        for relation, intent in CITATION_INTENTS.items()
    )
    return _SHAPES.substitute(codes, kb=addresses.vocabulary(base), shapes=addresses.shapes(base), intents=intents)
