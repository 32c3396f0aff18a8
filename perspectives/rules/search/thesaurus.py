"""The thesaurus: groups of terms of which one stands for another in a search, as a pack holds them."""

from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter

from perspectives.rules.documents.fields import Heading, Slug, refusal

MAX_TERMS = 60
"""How many terms a group may have: each is looked for whenever one of them is."""
MAX_GROUPS = 1000
ENDING = "*"
"""At the end of a term, for any ending: `крым*`."""


def _findable(term: str) -> str:
    word = term.removesuffix(ENDING)
    if not any(character.isalnum() for character in word):
        raise refusal("has no letter and no digit; write a word or a name")
    if ENDING in word:
        raise refusal(f"has a '{ENDING}' that is not its last character; only the end of a word may be left open")
    return term


def _each_once(terms: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((term for place, term in enumerate(terms) if term in terms[:place]), None)
    if twice is not None:
        raise refusal(f"names '{twice}' twice; remove one of the two")
    return terms


SynonymTerm = Annotated[Heading, AfterValidator(_findable)]
"""A word or a name in any language; with a star at its end it takes every ending."""
Terms = Annotated[tuple[SynonymTerm, ...], Field(min_length=2, max_length=MAX_TERMS), AfterValidator(_each_once)]
Thesaurus = Annotated[dict[Slug, Terms], Field(max_length=MAX_GROUPS)]
"""Name of each group -> its terms."""
THESAURUS: TypeAdapter[dict[str, tuple[str, ...]]] = TypeAdapter(Thesaurus)
