"""Curating sources by hand: a duplicate is merged, a correction proposed; without a script, and accessible."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.sources import source_records
from perspectives.models import Citation, Proposal, Source, User
from perspectives.vocab import Role
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible
from tests.people import cookies

KEY, TWIN = "pratt2018timber", "twin2018timber"
WAYS = (
    "/desk/sources/",
    f"/desk/sources/?words={KEY}&lacks=doi",
    "/desk/sources/+new/",
    f"/desk/sources/{KEY}/",
    f"/desk/sources/{KEY}/merge/",
    f"/desk/sources/{TWIN}/merge/?into={KEY}",
    f"/desk/sources/{KEY}/deprecate/",
    f"/desk/sources/{TWIN}/reinstate/",
    f"/desk/sources/{KEY}/editions/",
)


@pytest.fixture
def moderator(site):
    """Somebody who curates, and a duplicate to be found."""
    person = User.objects.create_user("moderator", role=Role.MODERATOR)
    record = {name: value for name, value in Source.objects.get(key=KEY).record.items() if name != "DOI"}
    source_records.add(key=TWIN, record={**record, "genre": "Essay"}, by=person)
    Citation.objects.filter(source__key="weir2016cost", claim__isnull=False).update(source=Source.objects.get(key=TWIN))
    return person


@pytest.fixture
def desk(browser, moderator, site):
    """A page of the moderator's in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies(moderator, site))
    yield context.new_page()
    context.close()


def test_a_duplicate_is_merged_and_carried_to_readers(desk, site):
    desk.goto(f"{site}/desk/")
    desk.get_by_role("navigation", name="Desk").get_by_role("link", name="Sources").click()
    desk.get_by_label("Words").fill("twin2018")
    desk.get_by_role("button", name="Narrow").click()
    desk.get_by_role("link", name=TWIN).click()
    desk.get_by_role("link", name="Merge into another").click()
    desk.get_by_role("link", name=f"Compare with {KEY}").click()
    expect(desk.get_by_role("group", name="DOI").get_by_label(KEY)).to_be_checked()
    expect(desk.get_by_role("group", name="Genre").get_by_label(TWIN)).to_be_checked()
    desk.get_by_label("Why").fill("The same article, once without its DOI.")
    desk.get_by_label("Both records are of the same work").check()
    desk.get_by_role("button", name="Merge them").click()
    expect(desk.get_by_role("status")).to_contain_text(f"“{TWIN}” was merged into “{KEY}”")
    desk.get_by_role("button", name="Propose as one bundle").click()
    expect(desk.get_by_role("status")).to_contain_text("The correction is proposed")
    desk.get_by_role("link", name=KEY, exact=True).click()
    expect(desk.get_by_text("The same article, once without its DOI.").first).to_be_visible()
    assert Source.objects.get(key=KEY).record["genre"] == "Essay"
    assert Proposal.objects.exists()
    assert not Citation.objects.filter(source__key=TWIN).exists()


def test_a_conflict_shows_both_and_loses_nothing(desk, site, moderator):
    desk.goto(f"{site}/desk/sources/{KEY}/")
    desk.get_by_label("Volume", exact=True).fill("mine")
    record = Source.objects.get(key=KEY).record
    Source.objects.filter(key=KEY).update(record={**record, "volume": "theirs"})
    desk.get_by_role("button", name="Save the record").click()
    expect(desk.get_by_role("alert")).to_contain_text("Somebody else saved this record")
    expect(desk.get_by_role("cell", name="theirs")).to_be_visible()
    expect(desk.get_by_label("Volume", exact=True)).to_have_value("mine")
    desk.get_by_role("button", name="Save the record").click()
    assert Source.objects.get(key=KEY).record["volume"] == "mine"


def test_pages_are_accessible_and_fit(page, context, moderator, site, complaints):
    source_records.deprecate(key=TWIN, reason="It is there twice.", by=moderator)
    context.add_cookies(cookies(moderator, site))
    for way in WAYS:
        page.goto(site + way)
        assert_fits_and_is_accessible(page, way)
    page.goto(f"{site}/desk/sources/+new/")
    page.get_by_label("Title", exact=True).fill("Two  spaces")
    page.get_by_label("Citekey").fill("No Key")
    for name, value in (("Type of item", "book"), ("Category", "opinion"), ("Record", "partly")):
        page.get_by_label(name, exact=True).select_option(value)
    page.get_by_role("button", name="Add the source").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    assert_accessible(page, "refused")
    assert complaints == []
