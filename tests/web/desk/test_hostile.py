"""What strangers and tired people put into forms: nothing of it breaks a page or comes out as it went in."""

from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from perspectives.actions.accounts import invitations
from perspectives.actions.sources import source_records
from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import User
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests import factories, suggesting
from tests.repo import desk_routes
from tests.web.desk import filling

HOSTILE = {
    "markup": "=\"'><script>alert('xss')</script><img src=x onerror=alert('xss')>{{ 7|add:42 }}{% now 'Y' %}",
    "letters": "عنوان بالعربية Cafe\u0301 \ufb01n 🐟",
    "hidden": "safe\u202egnp.exe mode\u200brator 👩\u200d🔬",
    "nul": "before\x00after",
    "surrogate": b"before\xed\xa0\x80after",
    "long": "a" * 1_000_000,
}
RAW = ("<script>alert(", "<img src=x")
HIDDEN = "\u202e"
KEPT = {"markup", "letters", "hidden"}
"""What a browser shows again as it was typed."""
ROUTES = {
    name: row for name, row in desk_routes.DESK_ROUTES.items() if row.reads[4] == 200 and name != "desk-intake-report"
}


def fault(answer):
    """Say what is wrong with an answer to a form; nothing where all is well."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}: {str(getattr(answer, 'exc_info', ''))[-500:]}"
    text = answer.content.decode()
    if text and (found := [raw for raw in RAW if raw in text]):
        return f"raw {found}"
    return f"hidden {HIDDEN!r}" if text and HIDDEN in filling.read(answer.content) else ""


def lost(answer, filled, text):
    """Name the fields from which a form that is shown again lost what was typed."""
    if answer.status_code in (302, 404) or answer["Content-Type"] == "text/plain":
        return []
    stands = filling.typed(answer.content)
    return [name for name in filled.typed if name in stands and " ".join(text.split()) not in stands[name]]


def faults(client, pages, after=()):
    """Send every form of the pages with each of the hostile words, and say what is wrong."""
    for page in pages:
        opened = client.get(page)
        assert opened.status_code == 200, page
        for what, text in HOSTILE.items():
            for filled in filling.forms(opened.content, page, text):
                if filled.typed:
                    yield from ((what, filled.address, *found) for found in faults_of(client, filled, what, after))


def faults_of(client, filled, what, after):
    """Send a form, say what is wrong with the answer and what is shown then, and undo it."""
    before = transaction.savepoint()
    answer = client.post(filled.address, filled.data)
    if problem := fault(answer):
        yield (problem,)
    elif what in KEPT and (gone := lost(answer, filled, HOSTILE[what])):
        yield answer.status_code, "lost", gone
    shown = [answer["Location"], *after] if answer.status_code == 302 else []
    yield from ((place, found) for place in shown if (found := fault(client.get(place))))
    transaction.savepoint_rollback(before)


def places(made):
    """Give the addresses of all pages of the desk, and of forms that the rows of routes do not show."""
    for route, row in ROUTES.items():
        yield reverse(route, kwargs={name: made.get(value, value) for name, value in row.arguments.items()})
    for part in ("head", "perspectives/repair", "responses/0", "gaps/0", "cruxes/0", "bibliography/1"):
        yield reverse("desk-topic-edit", args=[factories.TOPIC, part])
    yield reverse("desk-topic-remove", args=[factories.TOPIC, "events/0"])
    yield reverse("desk-propose", args=[factories.OTHER_TOPIC])
    yield reverse("desk-source-reinstate", args=["weir2016cost"])
    yield f"{reverse('desk-source-merge', args=['pratt2018timber'])}?into={factories.ARTICLE_SOURCE}"


def own_places():
    """Give the addresses of the pages on which people say something of themselves or suggest something."""
    yield from map(reverse, ("account-profile", "account-keys", "account_email"))
    for kind, (target, _) in suggesting.KINDS.items():
        named = {"topic": target.topic, "source": target.source, "article": target.article, "part": target.path}
        query = urlencode({name: value for name, value in named.items() if value})
        yield f"{reverse('suggest-kind', args=[kind])}?{query}"


def test_no_form_of_the_desk_breaks(signed_in, published):
    client, by = signed_in("chief-editor")
    client.raise_request_exception = False
    made = desk_routes.world()
    source_records.deprecate(key="weir2016cost", reason="Withdrawn.", by=by)
    after = [reverse("desk"), reverse("desk-history"), reverse("desk-topic", args=[factories.TOPIC])]
    wrong = list(faults(client, places(made), after))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_form_of_ones_own_breaks(signed_in, published, mailoutbox):
    client, by = signed_in("reader")
    client.raise_request_exception = False
    mine = suggesting.sent(by)
    suggestion_decisions.ask(
        suggestion_id=mine.pk, by=User.objects.create_user("asks", role=Role.MODERATOR), text="Where?"
    )
    pages = [*own_places(), reverse("account-suggestion", args=[mine.pk])]
    wrong = list(faults(client, pages, [reverse("account"), reverse("account-suggestions")]))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_form_of_who_is_nobody_yet_breaks(client, db):
    client.raise_request_exception = False
    _, token = invitations.invite_chief_editor(email="ada@university.example", by=OPERATOR)
    pages = [*map(reverse, ("sign-in", "account_signup", "account_reset_password"))]
    wrong = list(faults(client, [*pages, reverse("account-join", args=[token])]))
    assert not wrong, "\n".join(map(str, wrong))
