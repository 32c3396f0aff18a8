"""The thesaurus at the desk."""

import pytest
from django.urls import reverse

from perspectives.queries.search import thesaurus
from perspectives.vocab import Role

PAGE = reverse("desk-thesaurus")


@pytest.fixture
def moderator(signed_in):
    client, _ = signed_in(Role.MODERATOR)
    return client


def send(client, text, version=None, **more):
    version = thesaurus.version(thesaurus.groups()) if version is None else version
    return client.post(PAGE, {"groups": text, "version": version, **more})


def test_groups_are_written_as_lines(moderator):
    answer = send(moderator, "wood: timber, holz\n\nbridge: footbridge, місток*\n", note="For German readers")
    assert answer.status_code == 302
    assert thesaurus.groups() == {"bridge": ["footbridge", "місток*"], "wood": ["timber", "holz"]}
    page = moderator.get(PAGE).text
    assert "wood: timber, holz" in page
    assert "2 groups" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("timber, holz", "Line 1 has no colon"),
        ("wood: timber, holz\nwood: lumber, tree", "Line 2 names the group “wood” again"),
        ("wood: timber", "at least 2"),
        ("Wood!: timber, holz", "not a slug"),
        ("wood: timber, timber", "twice"),
        ("wood: timber, *", "no letter"),
        ("wood: tim*ber, holz", "not its last character"),
        ("wood: timber, <script>alert(1)</script>" + ", x" * 70, "keep at most 60"),
    ],
)
def test_what_is_no_group_is_refused_with_the_reason(moderator, text, words):
    answer = send(moderator, text)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert thesaurus.groups() == {}


def test_nobody_writes_over_what_somebody_else_wrote(moderator):
    send(moderator, "wood: timber, holz")
    answer = send(moderator, "", version=thesaurus.version({}))
    assert "somebody else" in answer.text
    assert thesaurus.groups() == {"wood": ["timber", "holz"]}
