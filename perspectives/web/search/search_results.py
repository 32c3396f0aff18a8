"""What a search found, in the words and links of its page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from perspectives.queries.publication.page_reads import NamedTopic
from perspectives.queries.search.claim_search import MAX_HITS
from perspectives.vocab import ClaimKind, Stance
from perspectives.web.search.search_query import PER_PAGE, TERMS, Question

SHOWN = 6
"""How many values of a facet are shown at once; the others wait behind "more"."""

_FACETS = {
    "stance": "Side",
    "kind": "Kind of claim",
    "topic": "Topic",
    "category": "Kind of source",
    "year": "Year of a source",
}
_PARTS = {
    "claim": "the claim",
    "perspective": "its position",
    "sources": "its sources",
    "notes": "its notes and quotations",
}
_RELAXED = {
    "most": "No claim has all these words; these have most of them.",
    "some": "No claim has most of these words; these have some of them.",
}
Titles = Mapping[str, NamedTopic]
Runs = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Place:
    """A part of the record besides the claim itself in which words were found, and its lines that have them."""

    name: str
    lines: tuple[Runs, ...]


@dataclass(frozen=True)
class Hit:
    """A claim that was found."""

    record: Mapping[str, Any]
    topic: NamedTopic
    stance: Stance
    kind: ClaimKind
    runs: Runs
    places: tuple[Place, ...]
    why: str
    """The parts in which words were found, in words."""
    stands_in: bool
    """Whether it did not match, and stands in for a side of which nothing did."""

    @property
    def side(self) -> str:
        """The name of the claim's side: the author's by the author's short name."""
        return self.topic.author if self.stance is Stance.AUTHOR and self.topic.author else self.stance.label

    @property
    def anchor(self) -> str:
        """The claim's place on its topic's page."""
        return str(self.record["id"]).rpartition("/")[2]

    @property
    def is_argued_by_others(self) -> bool:
        """Whether the claim stands on the author's side without being the author's own words."""
        return self.stance is Stance.AUTHOR and not self.record["is_authors_own"]


@dataclass(frozen=True)
class Choice:
    """A value by which the hits can be narrowed, or are; its link does the one or takes the other back."""

    name: str
    value: str
    label: str
    count: str
    address: str
    is_chosen: bool

    @property
    def stance(self) -> str:
        """The stance whose mark stands beside the label, if it is one."""
        return self.value if self.name == "stance" else ""


@dataclass(frozen=True)
class Facet:
    """A question by whose answers the hits can be narrowed."""

    title: str
    common: tuple[Choice, ...]
    rare: tuple[Choice, ...]


class FoundPage:
    """One page of what a search found. `topics` maps the slugs of topics that are named on it to their names."""

    def __init__(self, asked: Question, answer: Mapping[str, Any], topics: Titles) -> None:
        self.asked = asked
        self.answer = answer
        self.topics = topics
        self.total: int = answer["total"]["value"]
        self.hits = tuple(hit(result, topics) for result in answer["results"])

    @property
    def count(self) -> str:
        """How many claims were found, in words, and never more exactly than is known."""
        number = in_words(self.answer["total"])
        return f"{number[:1].upper()}{number[1:]} claim{'' if self.total == 1 else 's'}"

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """By what the hits can be narrowed; a facet of one value that is not chosen narrows nothing."""
        made = ((title, tuple(self._choices(name))) for name, title in _FACETS.items())
        return tuple(Facet(title, *_split(choices)) for title, choices in made if _can_narrow(choices))

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The filters that are set; each link takes one away."""
        return tuple(self._choice(name, value, "") for name, value in self.asked.filters.items())

    @property
    def reading(self) -> str:
        """How the question was read, where not all of it was found: in a sentence or two."""
        sentences = [_RELAXED[self.answer["relaxed"]]] if self.answer["relaxed"] and self.hits else []
        if self.answer["not_found"]:
            words = _listed([f"“{word}”" for word in self.answer["not_found"]])
            sentences.append(f"Nothing here has {words}.")
        if self.hits and self.answer["missing_stances"]:
            sides = _listed([Stance.of(stance).label.lower() for stance in self.answer["missing_stances"]])
            sentences.append(f"Nothing was found of these sides: {sides}.")
        return " ".join(sentences)

    @property
    def spelling(self) -> Question | None:
        """The question as it was perhaps meant."""
        meant = self.answer.get("did_you_mean")
        return self.asked.asking(meant) if meant else None

    @property
    def people(self) -> tuple[Question, ...]:
        """Questions for the names of the people who were found."""
        return tuple(Question(f'"{one["name"]}"') for one in self.answer["people"])

    @property
    def previous(self) -> str:
        """The address of the page before, if there is one."""
        return self.asked.on_page(self.asked.page - 1).address if self.asked.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page that follows, if there is one."""
        return self.asked.on_page(self.asked.page + 1).address if self.answer["has_more"] else ""

    @property
    def pages(self) -> int:
        """How many pages can be read."""
        return -(-min(self.total, MAX_HITS) // PER_PAGE)

    @property
    def is_cut_off(self) -> bool:
        """Whether claims were found that no page shows."""
        return self.total > MAX_HITS and not self.answer["has_more"]

    def _choices(self, name: str) -> Iterator[Choice]:
        for one in self.answer["facets"][name]:
            yield self._choice(name, one["value"], in_words(one["claims"]))

    def _choice(self, name: str, value: str, count: str) -> Choice:
        return Choice(
            name,
            value,
            self._label(name, value),
            count,
            self.asked.toggling(name, value).address,
            is_chosen=self.asked.filters.get(name) == value,
        )

    def _label(self, name: str, value: str) -> str:
        if name in TERMS:
            return TERMS[name].of(value).label
        return self.topics[value].title if name == "topic" and value in self.topics else value


def topics_named(asked: Question, answer: Mapping[str, Any]) -> set[str]:
    """List the slugs of all topics that a page of hits names."""
    hits = {str(result["topic"]) for result in answer["results"]}
    facet = {str(one["value"]) for one in answer["facets"]["topic"]}
    return hits | facet | ({asked.filters["topic"]} if "topic" in asked.filters else set())


def hit(result: Mapping[str, Any], topics: Titles) -> Hit:
    """Prepare a claim that was found: its text with what matched marked, and where else words were found."""
    highlights = result["highlights"]
    own = next((one["runs"] for one in highlights if one["part"] == "claim"), None)
    return Hit(
        record=result,
        topic=topics.get(result["topic"], NamedTopic(result["topic"], "")),
        stance=Stance.of(result["stance"]),
        kind=ClaimKind.of(result["kind"]),
        runs=own or [{"text": result["text"], "is_match": False}],
        places=tuple(
            Place(_PARTS[part], tuple(one["runs"] for one in highlights if one["part"] == part))
            for part in result["why"]
            if part != "claim"
        ),
        why=_listed([_PARTS[part] for part in result["why"]]),
        stands_in=result["stand_in"],
    )


def in_words(number: Mapping[str, Any]) -> str:
    """Write a number that may not be known exactly."""
    written = f"{number['value']:,}" if number["value"] else "no"
    return f"at least {written}" if number["is_at_least"] else written


def _can_narrow(choices: Sequence[Choice]) -> bool:
    return len(choices) > 1 or any(one.is_chosen for one in choices)


def _split(choices: Iterable[Choice]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    made = sorted(choices, key=lambda one: not one.is_chosen)
    return tuple(made[:SHOWN]), tuple(made[SHOWN:])


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
