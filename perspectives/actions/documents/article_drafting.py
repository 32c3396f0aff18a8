"""Making an article and its guide, part by part or as a whole. Whoever edits says what the edit started from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from perspectives.actions.documents import citing, draft_writing, edits
from perspectives.actions.documents.edits import Edit
from perspectives.actions.event_log import record as record_event
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication.subjects import require_open
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import Article, LogEntry, Source
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents, draft_rows
from perspectives.rules.articles import guide_parts, passage_picking
from perspectives.rules.documents import consistency, parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.documents.rows import ARTICLE, articles
from perspectives.rules.intake.intake_record import citekey
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode


@transaction.atomic
def begin(*, document: Mapping[str, Any], source: Plain | None = None, by: Actor | None, note: str = "") -> Article:
    """Begin the draft of a new article from plain data.

    Where `source` gives its record, that is added to the sources, under the citekey that the document names or a free
    one.
    Raises NotPermittedError, NotPossibleError where the article is there, and BrokenRulesError with every problem of
    the record, or else of the document.
    """
    actor = require(by, Permission.ARTICLE_CHANGE)
    wait_for_turn(Turn.LOADING)  # two who begin at once, or load a pack, find no row to lock
    slug = str(document.get("article"))
    if slug.isprintable() and Article.objects.filter(slug=slug).exists():
        raise NotPossibleError(f"There is an article '{slug}' already; choose another address.")
    given = {"selector_note": passage_picking.SELECTOR_NOTE, **document}
    if source is not None:
        wait_for_turn(Turn.SOURCES)
        given.setdefault("source", citekey(source, set(Source.objects.values_list("key", flat=True))))
        source_records.add(key=str(given["source"]), record=source, by=by)
    checked = draft_documents.checked_article(given)
    article = Article.objects.get(pk=draft_writing.write_article(checked).ids[slug])
    record_event(EventCode.ARTICLE_CHANGED, by=actor, subject=article, note=note, begun=True)
    return article


def change(
    *, article_id: int, changes: Iterable[Change], version: str | None = None, by: Actor | None, note: str = ""
) -> ArticleDocument:
    """Change parts of a guide's draft; nothing is published by that. What changes nothing leaves no trace.

    A section that gets another name keeps its passages. Each change names the part as it was when the edit began, or
    `version` the draft as a whole. Raises NotFoundError, NotPermittedError, ConflictError where somebody else changed a
    part since, NotPossibleError, and BrokenRulesError with every problem of the guide as it would be. In all of these
    cases nothing has changed.
    """
    return edit(article_id=article_id, edit=_with_passages(edits.changing(changes, version)), by=by, note=note)


def put(
    *, article_id: int, path: str, value: Plain, version: str | None, by: Actor | None, note: str = ""
) -> ArticleDocument:
    """Change a part that still has this version, or add it where that is None. Raises like `change`."""
    return edit(article_id=article_id, edit=_with_passages(edits.putting(path, value, version)), by=by, note=note)


def replace(
    *, article_id: int, document: Mapping[str, Any], version: str, by: Actor | None, note: str = ""
) -> ArticleDocument:
    """Put another document in the place of a whole draft that still has this version. Raises like `change`."""
    found = edits.replacing(document, version, name="article", check=draft_documents.checked_article)
    return edit(article_id=article_id, edit=found, by=by, note=note)


def remove(*, article_id: int, path: str, version: str, by: Actor | None, note: str = "") -> ArticleDocument:
    """Remove a part that still has this version, a passage with its findings. Raises like `change`."""
    found = edits.removing(path, version, removal=guide_parts.removal)
    return edit(article_id=article_id, edit=found, by=by, note=note)


def move(*, article_id: int, path: str, steps: int, version: str, by: Actor | None, note: str = "") -> ArticleDocument:
    """Move a part that still has this version up (`steps` below 0) or down its list. Raises like `change`."""
    return edit(article_id=article_id, edit=edits.moving(path, steps, version), by=by, note=note)


def pick(
    *,
    article_id: int,
    text: str,
    passages: Sequence[Mapping[str, Any]],
    version: str | None = None,
    by: Actor | None,
    note: str = "",
) -> ArticleDocument:
    """Pick passages from the text of an article, which is not kept: where they stand is, and at most twelve words.

    Each has the fields of a passage but its position, and in `passage` its words as the text has them, in `words` those
    that are shown, where not all are. One without an id, or with a new one, is added; another is picked anew and keeps
    whatever it is not given. Raises like `change`; problems of the picking stand at `text` and `passages[0].words`.
    """
    require(by, Permission.ARTICLE_CHANGE)
    picked, problems = passage_picking.picked(text, passages)
    if problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was picked.", tuple(problems))

    places: dict[int, int] = {}

    def changes(draft: Plain) -> Iterable[Change]:
        if version is not None:
            edits.require_version(draft, version)
        if there := guide_parts.already_there(draft, picked):
            places.update(enumerate(range(len(picked))))
            raise BrokenRulesError(f"{len(there)} problems found; nothing was picked.", there)
        found = tuple(guide_parts.with_picked(draft, picked))
        places.update(guide_parts.places_of(parts.applied(draft, found), found))
        return found

    try:
        return edit(article_id=article_id, edit=changes, by=by, note=note)
    except BrokenRulesError as error:
        raise BrokenRulesError(error.message, guide_parts.as_picked(error.problems, places)) from error


def revert(*, entry_id: int, by: Actor | None, note: str = "") -> ArticleDocument:
    """Undo what an entry of the log changed in a guide if its parts are still as it left them. Raises like `change`."""
    entry = require_found(LogEntry.objects.filter(pk=entry_id).first(), f"There is no entry {entry_id} in the log.")
    if entry.article_id is None or not entry.changes:
        raise NotPossibleError("This action changed no draft of a guide, so it cannot be undone here.")
    undone = [Change.from_json(item).turned_round() for item in reversed(entry.changes)]
    return edit(article_id=entry.article_id, edit=lambda _: undone, by=by, note=note, detail={"entry": entry.pk})


def _with_passages(found: Edit) -> Edit:
    return lambda draft: guide_parts.with_passages(draft, found(draft))


@transaction.atomic
def edit(
    *, article_id: int, edit: Edit, by: Actor | None, note: str = "", detail: Mapping[str, Any] | None = None
) -> ArticleDocument:
    """Change a guide's draft by what `edit` finds in it while it is locked; the other actions here are this one."""
    article = Article.objects.select_for_update(of=("self",), no_key=True).filter(pk=article_id).first()
    actor = require(by, Permission.ARTICLE_CHANGE)
    article = require_found(article, f"There is no article with the id {article_id}.")
    require_open(article)
    standing = draft_rows.read(ARTICLE, [article.pk])
    before = articles(standing.rows)[article.slug]
    draft = plain(before)
    wanted = parts.applied(draft, edit(draft))
    if wanted.get("article") != article.slug:
        raise NotPossibleError(f"The address of an article stays: '{article.slug}'.")
    citing.hold_claims(consistency.claims_named(wanted))
    after = draft_documents.checked_article(wanted)
    if after != before:
        draft_writing.write_article(after, standing)
        changes = parts.compare(draft, plain(after))
        record_event(EventCode.ARTICLE_CHANGED, by=actor, subject=article, note=note, changes=changes, **(detail or {}))
    return after
