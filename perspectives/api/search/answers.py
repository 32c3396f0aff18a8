"""Answers: a question in, claims of every stance out, within a number of tokens."""

from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http import problems
from perspectives.api.http.conventions import READABLE, Parameter
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import ResourceView
from perspectives.api.schema.answer_shapes import AnswerRecord
from perspectives.api.search import known_names
from perspectives.errors import NotFoundError
from perspectives.queries.search import answers
from perspectives.queries.search.claim_search import MAX_CHARACTERS, NothingAskedError
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search.answer_rows import TooSmallError
from perspectives.serving.lanes import Work
from perspectives.vocab import BibliographyStyle

DEFAULT_BUDGET = 1500
MAX_BUDGET = 20_000
"""The largest budget in tokens: more than any topic has."""
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


class AnswersView(ResourceView):
    """What is known of a question, fairly: the topics that answer it, then claims of every stance of the best of them.

    Each claim comes with those who state it, what answers it, a quotation with its state, and a citation to copy. The
    answer has at most `budget` tokens of four characters; with a small budget it has fewer claims, never fewer stances.
    A question that no topic covers is answered `covered: false`.
    """

    work = Work.COSTLY
    shape = AnswerRecord
    queries = {
        "q": Parameter(
            "The question, as one would ask it.",
            {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS, "pattern": READABLE},
        ),
        "topic": Parameter(
            "The topic to tell of; with `q`, its claims are ordered by the question.",
            {"type": "string", "pattern": SLUG, "maxLength": 80},
        ),
        "budget": Parameter(
            "How many tokens of four characters the answer may have.",
            {"type": "integer", "minimum": 1, "maximum": MAX_BUDGET, "default": DEFAULT_BUDGET},
        ),
        "style": Parameter(
            "The style of citations.",
            {"type": "string", "enum": BibliographyStyle.values, "default": BibliographyStyle.MLA.value},
        ),
    }

    def get(self, request: Request, **_: object) -> HttpResponse:
        """Give the answer. Raises RefusedError, also for a topic that is not published."""
        del request
        given = {name: self.query[name] for name in ("q", "topic", "style") if name in self.query}
        try:
            return self.respond(answer(given, budget=self.query.get("budget", str(DEFAULT_BUDGET)), base=self.base))
        except NotFoundError:
            known_names.check(given)
            raise


def answer(given: dict[str, str], *, budget: str, base: str) -> Record:
    """Answer what was asked for, by parameters that were looked at. Raises RefusedError and NotFoundError."""
    if given.get("q") == "":
        sentence = "Ask a question in 'q', or leave it out and name a 'topic'."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="q")
    tokens = _budget(budget)
    try:
        return answers.answer(
            given.get("q", ""),
            topic=given.get("topic"),
            budget=tokens,
            base=base,
            style=BibliographyStyle.of(given.get("style", BibliographyStyle.MLA.value)),
        )
    except NothingAskedError as error:
        raise RefusedError(problems.INVALID_PARAMETER, str(error), parameter="q") from error
    except TooSmallError as error:
        sentence = f"A budget of {tokens} tokens holds no answer with every stance; give at least {error.least}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="budget", least=error.least) from error


def _budget(text: str) -> int:
    """Read a budget. Raises RefusedError."""
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_BUDGET))
    if not is_short or not 1 <= int(text) <= MAX_BUDGET:
        sentence = f"'budget' is a whole number of tokens, from 1 to {MAX_BUDGET:,}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="budget")
    return int(text)
