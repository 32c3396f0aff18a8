"""Parts of a guide's draft: forms to change and to add them, conflicts, moving and removing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.documents import article_drafting
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError
from perspectives.models import Article
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts, guides
from perspectives.rules.articles.guide_parts import removal
from perspectives.rules.documents import consistency, parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.parts import FINDINGS, PASSAGES, Change, Plain
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.articles.article_kinds import GuideChoices, kind_of, linked, name
from perspectives.web.desk.articles.guide_view import GuideView
from perspectives.web.desk.documents import conflicts, edit_token, source_picking
from perspectives.web.desk.documents.edit_token import Began
from perspectives.web.desk.documents.part_form import PartForm, place_of
from perspectives.web.desk.documents.part_table import anchor, is_list
from perspectives.web.desk.documents.reordering import RemoveForm
from perspectives.web.desk.documents.source_picking import Picking
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.view_decorators import SENDING

_SIGNED = "article/"
"""Before the path in the token, so that no token of a topic with the same number serves here."""


@dataclass(frozen=True)
class _Work:
    """An article, the draft of its guide, and the part that is edited, or the list that gets one more."""

    article: Article
    document: ArticleDocument
    path: str

    @property
    def draft(self) -> Plain:
        return plain(self.document)

    @property
    def is_new(self) -> bool:
        return is_list(self.path)

    @property
    def now(self) -> Plain | None:
        """The part as it stands; None where it is not there."""
        try:
            return None if self.is_new else dict(parts.find(self.draft, self.path))
        except NotFoundError:
            return None

    def form(self, part: Mapping[str, Any] | None, sent: Any = None) -> PartForm:
        passage = self.path.split("/")[1] if FINDINGS in self.path.split("/") else ""
        offered = GuideChoices(self.document, passage)
        return PartForm(kind_of(self.path), offered, part=part or {}, sent=sent, is_new=self.is_new)

    def change(self, form: PartForm, began: Plain | None) -> Change:
        made = linked(form.made(), began) if kind_of(self.path).list_name == PASSAGES else form.made()
        path = f"{self.path}/{self._count()}" if self.is_new else self.path
        return Change(path, began, made)

    def address(self, path: str = "") -> str:
        return f"{reverse('desk-article', args=[self.article.slug])}#{anchor(path or self.path)}"

    def _count(self) -> int:
        return sum(path.rpartition("/")[0] == self.path for path, _ in parts.parts(self.draft))


def _work(slug: str, path: str) -> _Work:
    kind_of(path)
    article = guides.guide(slug)
    return _Work(article, draft_documents.article_document(article.pk), path)


@desk_page(Permission.ARTICLE_CHANGE)
def edit(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Ask for a part as it is to be, and change it when that is sent. Raises NotFoundError."""
    work = _work(slug, part)
    if work.is_new:
        raise NotFoundError(f"'{part}' is a list; edit one of its parts.")
    if request.method == "POST":
        return _sent(request, work)
    now = parts.find(work.draft, part)
    return _form_page(request, work, work.form(now), Began(now))


@desk_page(Permission.ARTICLE_CHANGE)
def add(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Ask for a new part of a list, and add it when that is sent; passages are picked. Raises NotFoundError."""
    work = _work(slug, part)
    if not work.is_new or part == PASSAGES:
        raise NotFoundError(f"'{part}' is no list of a guide to which a form adds.")
    if part.endswith(FINDINGS):
        parts.find(work.draft, part.removesuffix(f"/{FINDINGS}"))
    if request.method == "POST":
        return _sent(request, work)
    return _form_page(request, work, work.form({}), Began(None))


def _sent(request: HttpRequest, work: _Work) -> HttpResponse:
    began = edit_token.read(request.POST.get(edit_token.FIELD, ""), work.article.pk, _SIGNED + work.path)
    if source_picking.is_asked(request):
        picking = source_picking.picked(request)
        form = work.form(began.part if began else work.now, picking.sent)
        return _form_page(request, work, form.redrawn(), began or Began(work.now), picking=picking)
    form = work.form(began.part if began else work.now, request.POST)
    if form.is_to_be_redrawn:
        return _form_page(request, work, form.redrawn(), began or Began(work.now))
    if not form.is_valid():
        return _form_page(request, work, form, began or Began(work.now), status=422)
    if began is None:
        return _conflict(request, work, form, None, work.now)
    change = work.change(form, began.part)
    if change.before == change.after:
        messages.info(request, "You changed nothing, so nothing was saved.")
        return redirect(work.address(change.path))
    return _changed(request, work, form, change)


def _changed(request: HttpRequest, work: _Work, form: PartForm, change: Change) -> HttpResponse:
    try:
        article_drafting.change(article_id=work.article.pk, changes=[change], by=person(request), note=form.note)
    except BrokenRulesError as error:
        form.take(error.problems, place_of(work.draft, change))
        return _form_page(request, work, form, Began(change.before), status=422)
    except ConflictError as error:
        return _conflict(request, work, form, change.before, conflicts.standing(error, change.before))
    except NotFoundError:
        return _conflict(request, work, form, change.before, None)
    messages.success(request, f"Saved: {name(change.path)}.")
    return redirect(work.address(change.path))


def _conflict(request: HttpRequest, work: _Work, form: PartForm, began: Plain | None, now: Any) -> HttpResponse:
    """Show both, the form as it was sent and how the part stands; saving again starts from what is shown here."""
    conflict = conflicts.shown(form, began, now)
    return _form_page(request, work, form, Began(now), status=409, conflict=conflict)


def _form_page(
    request: HttpRequest,
    work: _Work,
    form: PartForm,
    began: Began,
    *,
    status: int = 200,
    conflict: Any = None,
    picking: Picking | None = None,
) -> HttpResponse:
    keys = {key for _, key in consistency.article_source_keys(work.draft)}
    context = {
        "article": work.article,
        "form": form,
        "kind": kind_of(work.path),
        "part_name": kind_of(work.path).noun if work.is_new else name(work.path),
        "passage": work.path.split("/")[1] if kind_of(work.path).list_name == PASSAGES else "",
        "is_new": work.is_new,
        "edit_token": edit_token.signed(work.article.pk, _SIGNED + work.path, began.part),
        "version": parts.version(began.part),
        "conflict": conflict,
        "back": work.address(),
        "sources": drafts.source_titles(keys, ()),
        "picking": picking or source_picking.standing(request),
    }
    return show(request, "articles/form.html", context, status=status)


@desk_page(Permission.ARTICLE_CHANGE, methods=SENDING)
def move(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Move a part a step up or down its list. Raises NotFoundError."""
    work = _work(slug, part)
    steps = -1 if request.POST.get("way") == "up" else 1
    seen = request.POST.get("version", "")
    article_drafting.move(article_id=work.article.pk, path=part, steps=steps, version=seen, by=person(request))
    messages.success(request, f"Moved {'up' if steps < 0 else 'down'}: {name(part)}.")
    return redirect(work.address())


@desk_page(Permission.ARTICLE_CHANGE)
def remove(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Say what goes with a part, and remove it when that is sent. Raises NotFoundError, NotPossibleError."""
    work = _work(slug, part)
    removal(work.draft, part)
    problems: tuple[object, ...] = ()
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = {"version": request.POST.get("version", ""), "note": form.cleaned_data["note"]}
        try:
            article_drafting.remove(article_id=work.article.pk, path=part, by=person(request), **given)
        except BrokenRulesError as error:
            problems = error.problems
        else:
            messages.success(request, f"Removed: {name(part)}.")
            return redirect(work.address(part.rpartition("/")[0]))
    row = next(row for row in GuideView(work.document).rows() if row.path == part)
    context = {"article": work.article, "row": row, "problems": problems, "form": form, "back": work.address()}
    return show(request, "articles/remove.html", context, status=422 if problems or form.errors else 200)
