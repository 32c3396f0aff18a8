"""From a wrong quotation to readers who see it mended, and a retraction that all who cite the work see."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.evidence import check_planning, check_reports, check_running, retraction_loading
from perspectives.actions.publication import publishing
from perspectives.models import PublishedSource, Source, Topic, User
from perspectives.valkey import cache
from perspectives.vocab import CheckKind, Role
from tests import factories
from tests.actions.evidence import servers
from tests.actions.evidence.servers import CSV_HEAD, Handler
from tests.browser.accessible import assert_fits_and_is_accessible

KEY, DOI = factories.ARTICLE_SOURCE, "10.5555/leave"
RIGHT = "oak which has carried us dry-shod"


@pytest.fixture
def others(settings, site):
    """Let one published work lie on a server of this machine, whose text differs from what is quoted."""
    cache.clear()
    settings.EVIDENCE_CHECKS = frozenset(CheckKind.values)
    for address in servers.playing(settings):
        Handler.moved = f"The {RIGHT}, all of us"
        for model in (Source, PublishedSource):
            for one in model.objects.all():
                rest = {name: value for name, value in one.record.items() if name not in ("URL", "DOI")}
                one.record = {**rest, "URL": f"{address}/changing", "DOI": DOI} if one.key == KEY else rest
                one.save(update_fields=["record"])
        yield address


def run():
    """Do what beat and a worker do within some minutes."""
    check_planning.sweep()
    check_running.run_for(seconds=60)
    check_reports.report(at_once=True)


def test_a_wrong_quotation_is_found_mended_and_seen_mended(site, others, page, page_of):
    run()
    page.goto(f"{site}/sources/{KEY}/")
    expect(page.get_by_text("Nearly these words were found at its address.").first).to_be_visible()
    desk = page_of("editor")
    desk.goto("/desk/")
    desk.get_by_role("link", name="Checks that failed").click()
    assert_fits_and_is_accessible(desk)
    desk.get_by_role("link", name=f"Quotation: {KEY}").first.click()
    assert_fits_and_is_accessible(desk)
    desk.get_by_role("link", name="I have seen them").click()
    assert_fits_and_is_accessible(desk)
    desk.get_by_label("Copy").fill("Print of 2021, village library")
    desk.get_by_role("button", name="I have seen these words").click()
    expect(desk.get_by_text("The quotation is confirmed.")).to_be_visible()
    assert_fits_and_is_accessible(desk)
    desk.go_back()
    desk.go_back()
    desk.get_by_role("button", name="Take the words of the text").click()
    expect(desk.get_by_text("The quotation is corrected in the drafts of")).to_be_visible()
    topic = Topic.objects.get(slug=factories.TOPIC)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=User.objects.get(username="editor"))
    publishing.approve(proposal_id=proposal.pk, by=User.objects.create_user("second", role=Role.MODERATOR))
    page.goto(f"{site}/topics/{factories.TOPIC}/?view=evidence")
    expect(page.get_by_text(f"“{RIGHT}”").first).to_be_visible()
    expect(page.get_by_text("Machine check")).to_have_count(0)
    run()
    page.reload()
    expect(page.get_by_text("These words were found at its address.").first).to_be_visible()
    assert_fits_and_is_accessible(page)


def test_a_retraction_is_seen_wherever_the_work_is_cited(site, others, page):
    Handler.data_set = f"{CSV_HEAD}1,{DOI},10.5555/notice,5/31/2021 0:00,Retraction,+Error in Data;\n"
    retraction_loading.load()
    run()
    sentence = "The publisher retracted this work on 2021-05-31"
    topic = f"/topics/{factories.TOPIC}/"
    for path in (topic, f"{topic}brief/", f"{topic}map/", f"/sources/{KEY}/"):
        page.goto(f"{site}{path}")
        expect(page.get_by_text(sentence).first).to_be_visible()
        assert_fits_and_is_accessible(page)
    told = page.request.get(f"{site}/api/v1/topics/{factories.TOPIC}/checks/").json()["checks"]
    assert [one["source"] for one in told if one["outcome"] == "retracted"] == [KEY]
