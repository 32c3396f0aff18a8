"""Corrections of sources on their way to readers: choosing who takes one over, and deciding on the bundle."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perspectives.actions.publication import bundles as actions
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.models import Bundle, User
from perspectives.policy import Permission, can
from perspectives.queries.publication import bundles as rows
from perspectives.queries.publication.bundles import Bundled, Lagging
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.rules.documents.edition_changes import edition_changes
from perspectives.rules.publication.canonical_json import canonical_json
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import ProposalStatus
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.desk.publication.differences import Differences, differences
from perspectives.web.desk.publication.review_forms import APPROVE, RETURN, WITHDRAW, BundleForm
from perspectives.web.desk.sources.source_form import note_in
from perspectives.web.http.view_decorators import SENDING


@dataclass(frozen=True)
class Group:
    """Editions that change in the same way: the difference once, and all of them."""

    differences: Differences
    rows: tuple[Any, ...]


@desk_page(Permission.EDITION_PROPOSE)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Show which editions lag behind a source's record, and propose those that are chosen as one bundle."""
    source = source_catalogue.source(key)
    problems: Sequence[object] = ()
    if request.method in SENDING:
        try:
            made = actions.propose(
                key=key,
                version=request.POST.get("version", ""),
                topics=request.POST.getlist("topic"),
                articles=request.POST.getlist("article"),
                by=person(request),
                note=note_in(request.POST),
            )
        except (BrokenRulesError, ConflictError, NotPossibleError) as error:
            problems = [error.message, *getattr(error, "problems", ())]
        else:
            messages.success(request, "The correction is proposed; another moderator decides.")
            return redirect("desk-bundle", made.pk)
    found = rows.lagging(source)
    context = {
        "source": source,
        "version": parts.version(source.record),
        "groups": grouped(found),
        "count": len(found),
        "problems": problems,
        "note": request.POST.get("note", ""),
        "unticked": {one.subject for one in found if not one.may_be_proposed or _is_left_out(request, one)},
    }
    return show(request, "sources/editions.html", context, status=409 if problems else 200)


@desk_page()
def bundle(request: HttpRequest, number: int) -> HttpResponse:
    """Show a bundle: the difference once and all that it reaches; a decision that is sent is taken."""
    found = rows.bundle(number)
    reached = rows.bundled(found)
    sent = request.POST if request.method in SENDING else None
    form = BundleForm(sent, numbers=[one.proposal.pk for one in reached])
    if sent is not None and not sent.get("action"):
        form.show_as_typed()
    elif form.is_valid() and (said := _decided(found, form, by=person(request))):
        messages.success(request, said)
        return redirect("desk-bundle", number)
    is_open = any(one.proposal.status == ProposalStatus.OPEN for one in reached)
    context = {
        "bundle": found,
        "groups": grouped(reached),
        "count": len(reached),
        "is_open": is_open,
        "is_newer": is_open and any(not _has_record_of(found, one) for one in reached),
        "decided": reached[0].proposal,
        "form": form,
        "unticked": {one.proposal.pk for one in reached if not _is_ticked(one, form)},
        "why_not": _why_not(found, person(request)),
        "may_withdraw": can(person(request), Permission.EDITION_WITHDRAW, begun_by=found.proposed_by_id),
    }
    return show(request, "review/bundle.html", context, status=409 if form.errors else 200)


def grouped(found: Iterable[Lagging | Bundled]) -> list[Group]:
    """Gather editions by what changes in them; nearly always it is the same in all."""
    same: dict[bytes, tuple[Differences, list[Lagging | Bundled]]] = {}
    for one in found:
        after = plain(one.after)
        changes = edition_changes(plain(one.before), after)
        name = canonical_json([change.as_json() for change in changes])
        same.setdefault(name, (differences(changes, after), []))[1].append(one)
    return [Group(shown, tuple(rows)) for shown, rows in same.values()]


_DECISIONS: Final[Mapping[str, Callable[..., Any]]] = {
    APPROVE: actions.approve,
    RETURN: actions.send_back,
    WITHDRAW: actions.withdraw,
}


def _decided(found: Bundle, form: BundleForm, *, by: User) -> str:
    """Take the decision and say so, or tell in the form why that cannot be."""
    given = form.cleaned_data
    action = given["action"]
    more = {"proposals": given["proposal"]} if action == APPROVE else {}
    try:
        result = _DECISIONS[action](bundle_id=found.pk, by=by, reason=given["reason"], **more)
    except BrokenRulesError as error:
        form.add_error(None, [error.message, *map(str, error.problems)])
        return ""
    except NotPossibleError as error:
        form.add_error(None, error.message)
        return ""
    if action == APPROVE:
        return f"{len(result)} new edition{'s are' if len(result) > 1 else ' is'} published."
    return "The bundle is returned." if action == RETURN else "The bundle is withdrawn."


def _is_left_out(request: HttpRequest, one: Lagging) -> bool:
    return request.method in SENDING and one.subject.slug not in request.POST.getlist(one.kind)


def _is_ticked(one: Bundled, form: BundleForm) -> bool:
    if form.is_bound:
        return str(one.proposal.pk) in form["proposal"].value()
    return one.may_be_published


def _has_record_of(found: Bundle, one: Bundled) -> bool:
    """Whether a proposal holds the source's record as it stands now."""
    return bool(plain(one.after)["sources"].get(found.source.key) == found.source.record)


def _why_not(found: Bundle, who: User) -> str:
    """Say why somebody may not decide; empty for who may."""
    if can(who, Permission.EDITION_APPROVE, begun_by=found.proposed_by_id):
        return ""
    is_own = found.proposed_by_id == who.pk
    return "You proposed this yourself; another moderator decides." if is_own else "Only moderators decide."
