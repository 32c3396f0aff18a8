"""The questions of a quiz: who would say this, and which answer rebuts this; with the reason and the evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from perspectives.rules.sources.short_reference import names_and_year
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.study import quiz
from perspectives.rules.study.quiz import Record, dealt, question_id
from perspectives.vocab import ResponseType, Stance

SIDE: Final = "side"
REBUTTAL: Final = "rebuttal"
KINDS: Final[Mapping[str, str]] = {SIDE: "Who would say this?", REBUTTAL: "Which answer rebuts this?"}
"""What a sheet may ask, by the name that addresses have."""
CHOICES: Final = 4
"""How many answers there are to choose from where a rebuttal is looked for."""
_FEWEST_CHOICES: Final = 3


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from; `value` is what addresses have, and tells no side where claims are chosen."""

    value: str
    text: str


@dataclass(frozen=True)
class Question:
    """A claim that is asked about; `answer` is the claim that the evidence is of: itself, or the one that rebuts it."""

    id: str
    kind: str
    claim: Record
    choices: tuple[Choice, ...]
    right: str
    answer: Record
    reason: str

    @property
    def right_text(self) -> str:
        """The words of the right answer."""
        return next(choice.text for choice in self.choices if choice.value == self.right)


@dataclass(frozen=True)
class Evidence:
    """A work on which the answer rests: who wrote it and when, its title, the place in it, and its words."""

    source: str
    names: str
    title: str
    locator: str
    quote: str
    relation: str


def sheet(claims: Iterable[Record], *, kind: str, people: Iterable[str], seed: int) -> list[Question]:
    """Make the questions of a sheet of a kind; the same number makes the same sheet."""
    known = {record["id"]: record for record in claims}
    if kind == SIDE:
        return [_side(record, known) for record in quiz.sheet(known.values(), people=people, seed=seed)]
    possible = {record["id"]: made for record in known.values() if (made := _rebuttal(record, known, seed))}
    return [possible[record["id"]] for record in quiz.spread((known[claim] for claim in possible), seed)]


def evidence(record: Record, sources: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """List the works that a claim rests on; what is cited against it is no evidence for it."""
    return tuple(
        Evidence(
            cite["source"],
            names_and_year(work := SourceRecord.model_validate(sources[cite["source"]])),
            work.title,
            cite.get("locator", ""),
            cite.get("quote", ""),
            cite["relation"],
        )
        for cite in record["cites"]
        if cite["relation"] != "disputes" and cite["source"] in sources
    )


def sources_of(questions: Iterable[Question]) -> set[str]:
    """Name the works that the answers rest on."""
    return {cite["source"] for question in questions for cite in question.answer["cites"]}


def _side(record: Record, known: Mapping[str, Record]) -> Question:
    choices = tuple(Choice(stance.value, str(stance.label)) for stance in Stance)
    return Question(
        id=question_id(record["id"]),
        kind=SIDE,
        claim=record,
        choices=choices,
        right=record["stance"],
        answer=record,
        reason=_why(record, known),
    )


def _why(record: Record, known: Mapping[str, Record]) -> str:
    """Tell by which answer one sees whose a claim is: the first that it gives, else the first that it gets."""
    for link in record["answers"]:
        if other := known.get(link["claim"]):
            return f"It {_verb(link)} a claim of {_whose(other)}, “{other['text']}” {link['note']}"
    for link in record["answered_by"]:
        if other := known.get(link["claim"]):
            return f"A claim of {_whose(other)} {_verb(link)} it, “{other['text']}” {link['note']}"
    return f"It belongs to the position “{record['perspective_label']}”."


def _verb(link: Mapping[str, Any]) -> str:
    return str(ResponseType.of(link["type"]).label).lower()


def _whose(record: Record) -> str:
    label = str(Stance.of(record["stance"]).label)
    return f"the {label[0].lower()}{label[1:]}" if label.endswith("side") else f"the {label.lower()} side"


def _rebuttal(record: Record, known: Mapping[str, Record], seed: int) -> Question | None:
    """Ask which claim rebuts this one; None where none does, or where there are too few others to choose from."""
    rebutting = {
        link["claim"]: link
        for link in record["answered_by"]
        if link["type"] == ResponseType.REBUTS and link["claim"] in known
    }
    if not rebutting:
        return None
    right = known[dealt(rebutting, seed)[0]]
    others = _others(record, right, known, seed)[: CHOICES - 1]
    if len(others) < _FEWEST_CHOICES - 1:
        return None
    offered = {one["id"]: one for one in (right, *others)}
    return Question(
        id=question_id(f"{REBUTTAL} {record['id']}"),
        kind=REBUTTAL,
        claim=record,
        choices=tuple(Choice(question_id(name), offered[name]["text"]) for name in dealt(offered, seed)),
        right=question_id(right["id"]),
        answer=right,
        reason=rebutting[right["id"]]["note"],
    )


def _others(record: Record, right: Record, known: Mapping[str, Record], seed: int) -> list[Record]:
    """List claims of the topic that do not answer this one, those of the right one's side first."""
    linked = {link["claim"] for link in chain(record["answers"], record["answered_by"])} | {record["id"]}
    free = [one for one in known.values() if one["topic"] == record["topic"] and one["id"] not in linked]
    ranks: Sequence[Callable[[Record], bool]] = (
        lambda one: one["stance"] == right["stance"],
        lambda one: one["stance"] not in {right["stance"], record["stance"]},
    )
    return [known[name] for rank in ranks for name in dealt((one["id"] for one in free if rank(one)), seed)]


def told(questions: Iterable[Question], sources: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Write questions as plain data in their order; with `sources` each also has its answer, reason and evidence."""
    for question in questions:
        made: dict[str, Any] = {"id": question.id, "text": question.claim["text"]}
        if question.kind == REBUTTAL:
            made["choices"] = [{"id": choice.value, "text": choice.text} for choice in question.choices]
        if sources is not None:
            made["answer"] = _answer(question, sources)
        yield made


def _answer(question: Question, sources: Mapping[str, Any]) -> dict[str, Any]:
    record = question.answer
    names = ("stance", "perspective_label", "is_authors_own", "stated_by")
    return {
        "claim": record["id"],
        "choice": question.right,
        **{name: record[name] for name in names},
        "reason": question.reason,
        "evidence": [{name: value for name, value in vars(one).items() if value} for one in evidence(record, sources)],
    }
