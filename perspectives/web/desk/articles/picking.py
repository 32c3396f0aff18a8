"""Picking passages from the pasted text of an article, many at once; the text is read and not kept."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.documents import article_drafting
from perspectives.errors import BrokenRulesError
from perspectives.models import Article
from perspectives.policy import Permission
from perspectives.queries.documents import draft_documents, guides
from perspectives.rules.articles.passage_picking import LONGEST_TEXT
from perspectives.rules.documents import parts
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.parts import PASSAGES, Plain
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.articles.article_kinds import LINKED, TOLD, GuideChoices, linked
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldSpec, group, optional
from perspectives.web.http.form_fields import NoteField, SpecForm

ROWS: Final = 6
"""How many passages the form has room for at first, and how many more a button adds."""
MOST_ROWS: Final = 60
_MORE, _COUNT = "more", "passages-count"
_PLACE: Final = re.compile(r"passages\[(\d+)\]\.?(.*)")
_PICKED: Final = (
    FieldSpec(
        "passage", "The passage", "Copied from the text: a sentence or two, or a few words.", longest=LONGEST_TEXT
    ),
    *optional(
        FieldSpec(
            "words", "Words to show", "At most 12 of them, copied from the passage. Empty if it has no more.", rows=2
        )
    ),
)


class TextForm(forms.Form):
    """The text of the article, and why something is picked from it."""

    use_required_attribute = False
    text = forms.CharField(
        label="The text of the article",
        max_length=2 * LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Paste all of it, always the same, so that places can be counted. It is not kept: only where "
        "passages stand in it, its fingerprint (SHA-256), and the words to show.",
        error_messages={"required": "Paste the text of the article here; it is not kept."},
    )
    note = NoteField(required=False, label="Why (for the history)", widget=forms.TextInput)


class PickRow(SpecForm):
    """A passage; a row into which no words of the article were typed is passed over."""

    asked = (group("", *_PICKED, *TOLD, *LINKED),)

    def has_changed(self) -> bool:
        """Say whether anything was typed; choices alone make no passage."""
        return any(str(self[name].value() or "").strip() for name in ("passage", "words", "paraphrase"))

    def main_fields(self) -> list[forms.BoundField]:
        """Give the fields that are always asked for."""
        return [self[spec.name] for spec in (*_PICKED, *TOLD)]

    @property
    def is_linked(self) -> bool:
        """Whether a topic or a claim is ticked."""
        return any(self[spec.name].value() for spec in LINKED)

    def linked_fields(self) -> list[forms.BoundField]:
        """Give the topics and the claims."""
        return [self[spec.name] for spec in LINKED]


class AnewRow(SpecForm):
    """Where a passage stands that is picked anew."""

    asked = (group("", *_PICKED),)


_RowFormSet: Final = formset_factory(PickRow, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


@desk_page(Permission.ARTICLE_CHANGE)
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the text and the passages, and add these to the guide when that is sent."""
    article, document = _article(slug)
    sent = request.POST if request.method == "POST" else None
    form = TextForm(sent)
    rows = _rows(document, sent)
    if sent is not None and _MORE in sent:
        for one in (form, *rows):
            one.errors.clear()
        return _page(request, document, article, form, rows)
    if sent is not None:
        filled = [row for row in rows if row.has_changed()]
        if all([form.is_valid(), *(row.is_valid() for row in filled)]) and _is_any(form, filled):
            picked = [linked(form_fields.read(row.specs(), row.cleaned_data)) for row in filled]
            if _pick(request, article, form, filled, picked):
                count = f"{len(picked)} passage{'s' if len(picked) > 1 else ''}"
                messages.success(request, f"{count} picked. The text itself was not kept.")
                return redirect(f"{reverse('desk-article', args=[slug])}#part_{PASSAGES}")
    return _page(request, document, article, form, rows, status=422 if sent is not None else 200)


@desk_page(Permission.ARTICLE_CHANGE)
def pick_anew(request: HttpRequest, slug: str, passage: str) -> HttpResponse:
    """Ask for the text and the words of a passage that is there, and say anew where it stands. Raises NotFoundError."""
    article, document = _article(slug)
    path = f"{PASSAGES}/{passage}"
    now = parts.find(plain(document), path)
    sent = request.POST if request.method == "POST" else None
    form, row = TextForm(sent), AnewRow(sent, initial={"passage": now["quote"]}, use_required_attribute=False)
    if sent is not None and all([form.is_valid(), row.is_valid()]):
        picked = {"id": passage, **form_fields.read(row.specs(), row.cleaned_data)}
        if _pick(request, article, form, [row], [picked]):
            messages.success(request, f"Passage {passage} is picked anew. The text itself was not kept.")
            return redirect(f"{reverse('desk-article', args=[slug])}#part_{PASSAGES}_{passage}")
    has_errors = bool(form.errors or row.errors)
    context = {"article": article, "passage": now, "form": form, "row": row, "has_errors": has_errors}
    return show(request, "articles/pick_anew.html", context, status=422 if has_errors else 200)


def _article(slug: str) -> tuple[Article, ArticleDocument]:
    article = guides.guide(slug)
    return article, draft_documents.article_document(article.pk)


def _rows(document: ArticleDocument, sent: Any) -> list[PickRow]:
    offered = {"choices": GuideChoices(document).by_kind(), "use_required_attribute": False}
    if sent is None:
        return list(_RowFormSet(initial=[{}] * ROWS, prefix=PASSAGES, form_kwargs=offered).forms)
    typed = str(sent.get(_COUNT, ""))
    count = int(typed) if re.fullmatch(r"\d{1,3}", typed, re.ASCII) else ROWS
    count = min(MOST_ROWS, count + ROWS * (_MORE in sent))
    management = {f"{PASSAGES}-TOTAL_FORMS": str(count), f"{PASSAGES}-INITIAL_FORMS": "0"}
    data = sent.copy()
    for name, value in management.items():
        data[name] = value
    return list(_RowFormSet(data, prefix=PASSAGES, form_kwargs=offered).forms)


def _is_any(form: TextForm, rows: list[PickRow]) -> bool:
    if not rows:
        form.add_error(None, "No passage was named; copy at least one from the text into the first row.")
    return bool(rows)


def _pick(request: HttpRequest, article: Article, form: TextForm, rows: list[Any], picked: list[Plain]) -> bool:
    """Pick the passages, or tell beside the fields why that cannot be."""
    given = {"text": form.cleaned_data["text"], "note": form.cleaned_data["note"]}
    try:
        article_drafting.pick(article_id=article.pk, passages=picked, by=person(request), **given)
    except BrokenRulesError as error:
        _tell(form, rows, error.problems)
        return False
    return True


def _tell(form: TextForm, rows: list[Any], problems: Iterable[object]) -> None:
    """Put each problem beside the field that it names: of the text, of a row, or else above the form."""
    for problem in problems:
        path, message = (problem.path, problem.message) if isinstance(problem, Problem) else ("", str(problem))
        place = _PLACE.fullmatch(path)
        if path == "text":
            form.add_error("text", message)
        elif place and int(place[1]) < len(rows):
            rows[int(place[1])].add_problem(place[2], message)
        else:
            form.add_error(None, f"{path}: {message}" if path else message)


def _page(
    request: HttpRequest,
    document: ArticleDocument,
    article: Article,
    form: TextForm,
    rows: list[PickRow],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "rows": rows,
        "has_errors": status != HTTPStatus.OK,
        "has_sections": bool(document.outline),
        "rows_more": ROWS,
    }
    return show(request, "articles/pick.html", context, status=status)
