"""The way of a suggestion: a reader sends it, a moderator accepts it, the draft has it, the reader sees so."""

from playwright.sync_api import expect

from perspectives.models import Suggestion, Topic, User
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories, suggesting
from tests.browser.accessible import assert_fits_and_is_accessible


def test_a_citation_goes_from_the_reader_into_the_draft(page_of, site):
    reader = page_of("reader", Role.READER)
    reader.goto(f"{site}/topics/{factories.TOPIC}/")
    claim = reader.locator("#s1")
    claim.locator("summary").click()
    claim.get_by_role("link", name="Suggest a change to claim s1").click()
    assert_fits_and_is_accessible(reader)
    reader.get_by_role("link", name="Citation for a claim").click()
    expect(reader.locator("main")).to_contain_text("The oak frame is sound and needs only two new planks.")
    reader.get_by_label("The work").select_option("okoro2020spans")
    reader.get_by_label("How it bears on the claim").select_option("supports")
    reader.get_by_label("Where in it").fill("p. 7")
    assert_fits_and_is_accessible(reader)
    reader.get_by_role("button", name="Send the suggestion").click()
    expect(reader.get_by_role("status")).to_contain_text("Thank you")
    expect(reader.get_by_role("heading", name="Open")).to_be_visible()
    assert_fits_and_is_accessible(reader)

    moderator = page_of("moderator", Role.MODERATOR)
    moderator.goto(f"{site}/desk/suggestions/")
    assert_fits_and_is_accessible(moderator)
    moderator.get_by_role("link", name="Citation for a claim").click()
    expect(moderator.locator(".suggest-proposal")).to_contain_text("okoro2020spans")
    assert_fits_and_is_accessible(moderator)
    moderator.get_by_role("button", name="Accept").click()
    expect(moderator.get_by_role("status")).to_contain_text("accepted")
    draft = plain(draft_documents.topic_document(Topic.objects.get(slug=factories.TOPIC).pk))
    assert parts.find(draft, suggesting.CLAIM)["cites"][-1] == {
        "source": "okoro2020spans",
        "locator": "p. 7",
        "relation": "supports",
    }
    reader.reload()
    expect(reader.get_by_role("heading", name="Accepted")).to_be_visible()
    expect(reader.locator("main")).to_contain_text("The change was made as you sent it.")


def test_spam_is_declined_together_and_opened_again(page_of, site):
    topic = Topic.objects.get(slug=factories.TOPIC)
    suggesting.many(User.objects.create_user("spammer"), topic, 3)
    page = page_of("moderator", Role.MODERATOR)
    page.goto(f"{site}/desk/suggestions/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Decline the chosen").click()
    expect(page.get_by_role("heading", name="Decline 3 suggestions?")).to_be_visible()
    assert_fits_and_is_accessible(page)
    page.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("3 suggestions declined")
    assert set(Suggestion.objects.values_list("status", flat=True)) == {"declined"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("3 suggestions opened again")
    assert set(Suggestion.objects.values_list("status", flat=True)) == {"open"}
