"""Parts of a draft: forms to change and to add them, conflicts, and the balance as it would be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from pydantic import ValidationError

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, ConflictError, DomainError, NotFoundError
from perspectives.models import Topic
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import consistency, parts
from perspectives.rules.documents.parts import CLAIMS, SIDES, Change, Plain
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.documents import conflicts, edit_token, source_picking
from perspectives.web.desk.documents.drafts import balance_panel
from perspectives.web.desk.documents.edit_token import Began
from perspectives.web.desk.documents.part_form import Claims, PartForm, place_of
from perspectives.web.desk.documents.part_table import anchor, is_list, kind_of, name
from perspectives.web.desk.documents.source_picking import Picking
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.view_decorators import SENDING

_SOURCE_FIELD = re.compile(r"(cites-\d+-)?source")


@dataclass(frozen=True)
class Work:
    """A topic, its draft as plain data, and the part that is edited, or the list that gets one more."""

    topic: Topic
    draft: Plain
    path: str

    @property
    def is_new(self) -> bool:
        """Whether a part is to be added."""
        return is_list(self.path)

    def form(self, part: Mapping[str, Any] | None, sent: Any = None) -> PartForm:
        """Make the form of the part, as it stands or as it was sent."""
        kind = kind_of(self.path)
        if part is None and not self.is_new and any(asked.is_for_new_only for asked in kind.fields):
            part = {"id": self.path.rpartition("/")[2]}
        return PartForm(kind, Claims(self.draft), part=part or {}, sent=sent, is_new=self.is_new)

    def change(self, form: PartForm, began: Plain | None) -> Change:
        """Give the change that a form asks for."""
        made = form.made()
        label = made.get("id", len(self.draft.get(self.path, ())))
        return Change(f"{self.path}/{label}" if self.is_new else self.path, began, made)

    @cached_property
    def now(self) -> Plain | None:
        """The part as it stands; None where it is not there."""
        try:
            return None if self.is_new else dict(parts.find(self.draft, self.path))
        except NotFoundError:
            return None


def _work(slug: str, path: str) -> Work:
    kind_of(path)
    topic = drafts.topic(slug)
    return Work(topic, plain(draft_documents.topic_document(topic.pk)), path)


@desk_page(Permission.TOPIC_CHANGE)
def edit(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Ask for a part as it is to be, and change it when that is sent. Raises NotFoundError."""
    work = _work(slug, part)
    if work.is_new:
        raise NotFoundError(f"'{part}' is a list; edit one of its parts.")
    if request.method == "POST":
        return _sent(request, work)
    now = parts.find(work.draft, part)
    return _form_page(request, work, work.form(now), Began(now))


@desk_page(Permission.TOPIC_CHANGE)
def add(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Ask for a new part of a list, and add it when that is sent. Raises NotFoundError."""
    work = _work(slug, part)
    if not work.is_new:
        raise NotFoundError(f"'{part}' is no list of a draft.")
    if request.method == "POST":
        return _sent(request, work)
    if part.endswith(CLAIMS):
        parts.find(work.draft, part.removesuffix(f"/{CLAIMS}"))
    given = {asked.name: request.GET[asked.name] for asked in kind_of(part).fields if asked.name in request.GET}
    return _form_page(request, work, work.form({**_suggested(work), **given}), Began(None))


@desk_page(Permission.TOPIC_CHANGE, methods=SENDING)
def measured(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Show the balance as it would be with what stands in the form; as it is while the form cannot be saved."""
    work = _work(slug, part)
    form = work.form(work.now, request.POST)
    document = _as_it_would_be(work, form) if form.is_valid() else None
    context = {
        "topic": work.topic,
        "balance_panel": balance_panel(work.topic, document or TopicDocument.model_validate(work.draft)),
        "is_with_form": document is not None,
        "sources": _offered(work, request),
    }
    return render(request, "perspectives/desk/drafting/measured.html", context)


def _as_it_would_be(work: Work, form: PartForm) -> TopicDocument | None:
    try:
        return TopicDocument.model_validate(parts.applied(work.draft, [work.change(form, work.now)]))
    except (DomainError, ValidationError):
        return None


def _sent(request: HttpRequest, work: Work) -> HttpResponse:
    began = edit_token.read(request.POST.get(edit_token.FIELD, ""), work.topic.pk, work.path)
    if source_picking.is_asked(request):
        picking = source_picking.picked(request)
        form = work.form(began.part if began else work.now, picking.sent)
        return _form_page(request, work, form.redrawn(), began or Began(work.now), picking=picking)
    form = work.form(began.part if began else work.now, request.POST)
    if form.is_to_be_redrawn:
        return _form_page(request, work, form.redrawn(), began or Began(work.now))
    if not form.is_valid():
        form.take_further(*_problems(work, form, began))
        return _form_page(request, work, form, began or Began(work.now), status=422)
    if began is None:
        return _conflict(request, work, form, None, work.now)
    change = work.change(form, began.part)
    if change.before == change.after:
        messages.info(request, "You changed nothing, so nothing was saved.")
        return redirect(_address(work, change.path))
    return _changed(request, work, form, change)


def _problems(work: Work, form: PartForm, began: Began | None) -> tuple[tuple[object, ...], str]:
    """Find what the document would say of a form that is not filled in well enough to ask, and where it stands."""
    change = work.change(form, began.part if began else work.now)
    try:
        draft_documents.checked_topic(parts.applied(work.draft, [change]))
    except BrokenRulesError as error:
        return error.problems, place_of(work.draft, change)
    except DomainError:
        pass
    return (), ""


def _changed(request: HttpRequest, work: Work, form: PartForm, change: Change) -> HttpResponse:
    try:
        drafting.change(topic_id=work.topic.pk, changes=[change], by=person(request), note=form.note)
    except BrokenRulesError as error:
        form.take(error.problems, place_of(work.draft, change))
        return _form_page(request, work, form, Began(change.before), status=422)
    except ConflictError as error:
        if work.is_new:
            form.add_error("id", error.message)
            return _form_page(request, work, form, Began(None), status=409)
        return _conflict(request, work, form, change.before, conflicts.standing(error, change.before))
    except NotFoundError:
        return _conflict(request, work, form, change.before, None)
    messages.success(request, f"Saved: {name(change.path)}.")
    return redirect(_address(work, change.path))


def _conflict(request: HttpRequest, work: Work, form: PartForm, began: Plain | None, now: Any) -> HttpResponse:
    """Show both, the form as it was sent and how the part stands; saving again starts from what is shown here."""
    conflict = conflicts.shown(form, began, now)
    return _form_page(request, work, form, Began(now), status=409, conflict=conflict)


def _form_page(
    request: HttpRequest,
    work: Work,
    form: PartForm,
    began: Began,
    *,
    status: int = 200,
    conflict: Any = None,
    picking: Picking | None = None,
) -> HttpResponse:
    context = {
        "picking": picking or source_picking.standing(request),
        "topic": work.topic,
        "form": form,
        "kind": kind_of(work.path),
        "part_name": kind_of(work.path).noun if work.is_new else name(work.path),
        "path": work.path,
        "is_new": work.is_new,
        "edit_token": edit_token.signed(work.topic.pk, work.path, began.part),
        "version": parts.version(began.part),
        "conflict": conflict,
        "back": _address(work, work.path),
        "balance_panel": balance_panel(work.topic, TopicDocument.model_validate(work.draft)),
        "sources": _offered(work, request),
    }
    return show(request, "drafting/form.html", context, status=status)


def _offered(work: Work, request: HttpRequest) -> list[tuple[str, str]]:
    """List the sources to choose from: those that the draft names, and some that hold what was typed for one."""
    keys = {key for _, key in consistency.topic_source_keys(work.draft)} | {work.topic.article.source.key}
    typed = [request.POST[name].strip() for name in request.POST if _SOURCE_FIELD.fullmatch(name)]
    return drafts.source_titles(
        keys, [words for words in typed if words.isprintable() and len(words) <= drafts.LONGEST_WORDS]
    )


def _address(work: Work, path: str) -> str:
    return f"{reverse('desk-topic', args=[work.topic.slug])}#{anchor(path)}"


def _suggested(work: Work) -> Plain:
    """Suggest the next id of a claim, after the last of its perspective: s4 after s3."""
    side = work.path.removeprefix(f"{SIDES}/").removesuffix(f"/{CLAIMS}") if work.path.endswith(CLAIMS) else ""
    free = next(Claims(work.draft).free_ids(side), None) if side else None
    return {"id": free} if free else {}
