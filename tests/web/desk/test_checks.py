"""The queue of checks that failed, and accepting what one proposes."""

import pytest

from perspectives.models import Check, Citation, Source
from tests.actions.evidence.test_check_repairs import KEY, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(signed_in, published):
    return signed_in("moderator")[0]


def test_the_queue_shows_what_failed_and_what_is_proposed(moderator):
    assert b"Nothing waits here." in moderator.get("/desk/checks/").content
    found("link", "moved", asked="https://old.example/", detail={"address": "https://new.example/a"})
    found("link", "gone", key="ellingwood2021leave", asked=Source.objects.get(key="ellingwood2021leave").record["URL"])
    page = moderator.get("/desk/checks/").content.decode()
    assert "Take the new address" in page
    assert f"Link: {KEY}" in page
    assert "Link: ellingwood2021leave" in page
    narrowed = moderator.get("/desk/checks/?outcome=gone&kind=link").content.decode()
    assert "Take the new address" not in narrowed
    assert b"Checks that failed" in moderator.get("/desk/").content


def test_one_click_corrects_an_address_and_leads_to_new_editions(moderator):
    check = found("link", "moved", asked="https://old.example/", detail={"address": "https://new.example/a"})
    page = moderator.get(f"/desk/checks/{check.pk}/").content.decode()
    assert "https://old.example/" in page
    assert "https://new.example/a" in page
    answer = moderator.post(f"/desk/checks/{check.pk}/")
    assert answer["Location"] == f"/desk/sources/{KEY}/editions/"
    assert moderator.get(f"/desk/checks/{check.pk}/").status_code == 404


def test_one_click_corrects_a_quotation_and_leads_to_its_draft(moderator):
    cited = Citation.objects.filter(claim__isnull=False).exclude(quote="").first()
    words = f"{cited.quote} indeed"
    check = found("quotation", "near", key=cited.source.key, quote=cited.quote, detail={"exact": words})
    page = moderator.get(f"/desk/checks/{check.pk}/").content.decode()
    assert "<ins>" in page
    assert cited.claim.topic.title in page
    assert moderator.post(f"/desk/checks/{check.pk}/")["Location"] == f"/desk/topics/{cited.claim.topic.slug}/"
    assert Citation.objects.filter(quote=words).exists()


def test_where_nothing_is_proposed_there_is_no_button(moderator):
    check = found("retraction", "concern")
    page = moderator.get(f"/desk/checks/{check.pk}/").content.decode()
    assert "Nothing is proposed" in page
    assert moderator.post(f"/desk/checks/{check.pk}/").status_code == 409
    assert Check.objects.get().is_current


def test_words_of_a_guide_are_left_to_its_draft(moderator):
    cited = Citation.objects.filter(finding__isnull=False).exclude(quote="").first()
    Citation.objects.filter(quote=cited.quote, finding=None).update(quote="Other words")
    check = found("quotation", "altered", key=cited.source.key, quote=cited.quote, detail={"exact": "x"})
    assert "correct them in its draft" in moderator.get(f"/desk/checks/{check.pk}/").content.decode()
