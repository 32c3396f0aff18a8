"""Articles over REST: begun, read, replaced, changed part by part, and passages picked from a text that is not kept."""

from typing import Annotated, Any

from django.urls import reverse
from pydantic import ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.documents import article_drafting
from perspectives.api.desk import shapes
from perspectives.api.desk.views import NOTE, DeskView, operation, versioned
from perspectives.queries.documents import draft_documents, lookups
from perspectives.rules.articles.passage_picking import LONGEST_TEXT
from perspectives.rules.documents import parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.fields import Heading, Number, Part, Slug
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.publication.index_records import plain

MOST_PICKED = 100


class DraftArticle(Part):
    """An article in the list of articles, published or not."""

    article: Slug
    author: Heading
    title: Heading
    passages: Number
    topics: Number
    edition: Number | None = None


class DraftArticles(Part):
    """All articles."""

    results: tuple[DraftArticle, ...]


class Pick(Part):
    """A passage to pick: its words in the text, those to show where it has more than twelve, and its other fields.

    Without an id it gets the next free one; with that of a passage it takes that one's place.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    passage: Annotated[str, Field(max_length=LONGEST_TEXT)]
    words: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None


class Picks(Part):
    """The text of an article, which is not kept, and the passages to pick from it."""

    text: Annotated[str, Field(max_length=2 * LONGEST_TEXT, description="The whole text of the article.")]
    passages: Annotated[
        tuple[Pick, ...], Field(min_length=1, max_length=MOST_PICKED, description="What to pick from it.")
    ]


class ArticleListView(DeskView):
    """All articles."""

    @operation(answer=DraftArticles)
    def get(self, _request: Request) -> Response:
        """List all articles, published or not, in the order in which they were begun."""
        return Response({"results": lookups.articles()})

    @operation(answer=ArticleDocument, body=shapes.Anything, queries=NOTE, status=201)
    def post(self, request: Request) -> Response:
        """Begin the guide to a new article, whose record must be among the sources; nothing is published by that."""
        note = self.query.get("note", "")
        begun = article_drafting.begin(document=self.body.model_dump(), by=self.person, note=note)
        location = reverse("api:desk-article", args=[begun.slug])
        return versioned(_draft(begun.slug), status=201, location=location)


class ArticleDraftView(DeskView):
    """The draft of an article's guide, whole."""

    @operation(answer=ArticleDocument)
    def get(self, _request: Request, slug: str) -> Response:
        """Give the draft as the article document that packs hold; its ETag is what a restoration names, too."""
        return versioned(_draft(slug))

    @operation(answer=ArticleDocument, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, request: Request, slug: str) -> Response:
        """Put another document in the place of the draft; nothing is published by that."""
        given = {"document": self.body.model_dump(), "version": self.version or ""}
        return versioned(plain(article_drafting.replace(**given, **_edit(self, slug))))


class ArticlePartView(DeskView):
    """A part of a guide's draft, such as `head`, `outline/0`, `passages/p1` or `passages/p1/findings/0`."""

    @operation(answer=shapes.Anything)
    def get(self, _request: Request, slug: str, part: str) -> Response:
        """Give the part."""
        return versioned(parts.find(_draft(slug), part))

    @operation(answer=shapes.Anything, body=shapes.Anything, is_versioned=True, queries=NOTE)
    def put(self, request: Request, slug: str, part: str) -> Response:
        """Change the part, or add it where `If-None-Match: *` says that there is none."""
        value = self.body.model_dump()
        article_drafting.put(path=part, value=value, version=self.version, **_edit(self, slug))
        return versioned(value)

    @operation(is_versioned=True, queries=NOTE)
    def removed(self, request: Request, slug: str, part: str) -> Response:
        """Remove the part; a passage takes its findings along, and a section that has passages stays."""
        article_drafting.remove(path=part, version=self.version or "", **_edit(self, slug))
        return Response(status=204)

    delete = removed


class ArticleMoveView(DeskView):
    """Moves within the lists of a guide's draft."""

    @operation(answer=ArticleDocument, body=shapes.Move, is_versioned=True)
    def post(self, request: Request, slug: str) -> Response:
        """Move a part within its list; If-Match names the version of the whole draft."""
        change = Change(self.body.path, place=0, moved_to=self.body.to)
        return versioned(plain(article_drafting.change(changes=[change], version=self.version, **_edit(self, slug))))


class PassagePickView(DeskView):
    """Passages picked from the text of an article."""

    @operation(answer=ArticleDocument, body=Picks, is_versioned=True, queries=NOTE)
    def post(self, request: Request, slug: str) -> Response:
        """Find the passages in the text, and keep where each stands and at most twelve words; If-Match names the draft.

        The text itself is not kept.
        """
        passages = [one.model_dump(exclude_none=True) for one in self.body.passages]
        given = {"text": self.body.text, "passages": passages, "version": self.version}
        return versioned(plain(article_drafting.pick(**given, **_edit(self, slug))))


def _draft(slug: str) -> Plain:
    return plain(draft_documents.article_document(lookups.article_id(slug)))


def _edit(view: DeskView, slug: str) -> dict[str, Any]:
    """Give what every change of a draft takes: of which article, by whom, why."""
    return {"article_id": lookups.article_id(slug), "by": view.person, "note": view.query.get("note", "")}
