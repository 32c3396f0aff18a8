"""Somebody of whom there is a row of every kind, so that tests can look for what is kept, or left, of a person."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from perspectives.actions.accounts import api_keys, invitations, members
from perspectives.actions.classroom import classes
from perspectives.actions.discussion import assignments, comments
from perspectives.actions.documents import drafting
from perspectives.actions.evidence import confirmations
from perspectives.actions.intake import intake_batches
from perspectives.actions.lti import registering
from perspectives.actions.notices import mailing, own_notices
from perspectives.actions.publication import archiving, bundles, publishing, retracting
from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.actions.webhooks import webhooks
from perspectives.models import Assignment, Citation, Edition, IntakeEntry, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.evidence.confirmations import Seen
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import bundling, factories, suggesting
from tests.people import PASSWORD, protect, sign_in

NAME = "Zebedee Quillfeather"
ADDRESS = "quillfeather@university.example"
WORDS = ("zebedee", "quillfeather")
"""They stand in nothing but what is kept of this person."""


def joined(role: str = Role.CHIEF_EDITOR) -> User:
    """Let the person come in by an invitation."""
    _, token = invitations.invite_chief_editor(email=ADDRESS, by=OPERATOR)
    person = invitations.join(token=token, password=PASSWORD, display_name=NAME)
    User.objects.filter(pk=person.pk).update(role=role, first_name="Zebedee", last_name="Quillfeather")
    return User.objects.get(pk=person.pk)


def made() -> tuple[User, User]:
    """Make the person and another chief editor, in a database with the small knowledge base published."""
    other = User.objects.create_user("other-chief", role=Role.CHIEF_EDITOR)
    protect(other)
    person = joined()
    protect(person)
    of_account(person, other)
    of_suggestions(person, other)
    of_editions(person, other)
    of_discussion(person, other)
    return User.objects.get(pk=person.pk), User.objects.get(pk=other.pk)


def of_account(person: User, other: User) -> None:
    """Fill in the profile, make keys, a webhook, a class, a platform and invitations, sign in and fail to."""
    members.change_profile(
        by=person, display_name=NAME, leaning="neither", interests="Quillfeather & Sons makes footbridges."
    )
    members.change_role(account_id=other.pk, role=Role.MODERATOR, by=person, reason="Trusted.")
    members.change_role(account_id=other.pk, role=Role.CHIEF_EDITOR, by=person, reason="Trusted more.")
    key, _ = api_keys.create(by=person, name="Quillfeather's tablet", scopes=["read"], expires_at=None)
    api_keys.create(by=person, name="Quillfeather's desk", scopes=["suggest"], expires_at=None)
    api_keys.revoke(key_id=key.pk, by=person)
    webhooks.add(by=person, address="https://93.184.215.14/quillfeather")
    classes.begin(by=person, topics=[factories.TOPIC])
    at = "https://moodle.university.example"
    platform = {"name": "Moodle", "issuer": at, "client_id": "client-9", "login_url": f"{at}/auth"}
    registering.register(by=person, told={**platform, "token_url": f"{at}/token", "jwks_url": f"{at}/keys"})
    sent, _ = invitations.invite(email="ada@university.example", role="reader", by=person)
    invitations.revoke_invitation(invitation_id=sent.pk, by=person)
    invitations.invite(email="eve@university.example", role="reader", by=person)
    client = Client()
    for login in (ADDRESS, person.username):
        client.post("/account/sign-in/", {"login": login, "password": "wrong"})
    client.post("/account/sign-in/", {"login": ADDRESS, "password": PASSWORD})  # stops before the second factor
    client = Client()
    sign_in(client, person)
    client.get("/account/")
    SessionStore().create()  # and one that is nobody's


def of_suggestions(person: User, other: User) -> None:
    """Suggest, answer, decide, hand in."""
    asked = suggesting.sent(person)
    suggestion_decisions.ask(suggestion_id=asked.pk, by=other, text="Where?")
    authoring.answer(suggestion_id=asked.pk, by=person, text="On page 7.")
    declined = suggesting.sent(person)
    suggestion_decisions.decline(suggestion_id=declined.pk, by=other, reason="spam")
    suggestion_decisions.decline(suggestion_id=suggesting.sent(other).pk, by=person, reason="spam")
    batch = intake_batches.start(by=person, text="This line holds nothing.", note="From a library.")
    intake_batches.dismiss(entry_id=IntakeEntry.objects.get(batch=batch).pk, by=person)
    quoted = Citation.objects.filter(source__key=factories.ARTICLE_SOURCE).exclude(quote="").earliest("pk")
    seen = Seen("Print of 2018", timezone.now().date())
    made = confirmations.confirm(key=factories.ARTICLE_SOURCE, quote=quoted.quote, seen=seen, by=person)
    confirmations.withdraw(confirmation_id=made.pk, by=person)


def of_editions(person: User, other: User) -> None:
    """Propose, approve, retract, archive; one proposal stays open."""
    topic = Topic.objects.get(slug=factories.TOPIC)
    for number, (proposer, approver) in enumerate(((person, other), (other, person))):
        retitled(topic, f"Title {number}", by=proposer)
        proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
        publishing.approve(proposal_id=proposal.pk, by=approver)
    retracting.retract(edition_id=Edition.objects.latest("pk").pk, note="It is wrong.", by=person)
    archiving.archive_topic(topic_id=topic.pk, note="It is settled.", by=person)
    archiving.bring_back_topic(topic_id=topic.pk, note="It is not.", by=person)
    retitled(topic, "Title 2", by=person)
    publishing.propose_topic(topic_id=topic.pk, by=person)
    bundling.correct(person, volume="99")
    bundle = bundling.propose(person, topics=[factories.OTHER_TOPIC])
    bundles.send_back(bundle_id=bundle.pk, by=other, reason="Not yet.")


def of_discussion(person: User, other: User) -> None:
    """Comment, be mentioned, see to a draft; a notice is put into a mail."""
    topic = {"kind": "topic", "number": Topic.objects.get(slug=factories.TOPIC).pk}
    own = comments.write(**topic, text="Where is page 7?", by=person).comment
    comments.write(**topic, text=f"On my desk, @{person.username}.", by=other)
    comments.delete(comment_id=comments.write(**topic, text="No.", by=person).comment.pk, by=person)
    comments.edit(comment_id=own.pk, text="Where is page 8?", by=person)
    for assignee, by in ((person, other), (other, person), (person, person)):
        standing = Assignment.objects.filter(ended_at=None).first()
        seen = standing.pk if standing else 0
        assignments.assign(**topic, assignee_id=assignee.pk, by=by, seen=seen)
    own_notices.choose_mails(by=person, choices={"proposal": "never"})
    mailing.send_due()


def retitled(topic: Topic, title: str, *, by: User) -> None:
    """Give the draft another title."""
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    drafting.change(topic_id=topic.pk, changes=[Change(parts.HEAD, head, {**head, "title": title})], by=by)


def places() -> list[str]:
    """Name the tables in any row of which one of `WORDS` stands, whatever the column; sessions are looked into."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for name in tables:
            cursor.execute(f"SELECT count(*) FROM {name} AS t WHERE t::text ~* %s", ["|".join(WORDS)])
            if cursor.fetchone()[0]:
                found.append(name)
    sessions = " ".join(str(one.get_decoded()) for one in Session.objects.all()).lower()
    return [*found, *(["sessions"] if any(word in sessions for word in WORDS) else [])]
