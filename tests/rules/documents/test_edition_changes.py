"""What makes one edition into another, of topics and of article guides."""

from copy import deepcopy

from perspectives.rules.documents import parts
from perspectives.rules.documents.edition_changes import content_changes, edition_changes
from perspectives.rules.publication.index_records import plain
from tests import factories

EDITION_ONLY = {"edition", "article_head", "sources"}


def topic():
    return plain(factories.topic_edition())


def guide():
    return plain(factories.article_edition())


def told(changes):
    return [(change.path, change.before is not None, change.after is not None) for change in changes]


def test_equal_editions_differ_in_nothing_but_their_number():
    for document in (topic(), guide()):
        assert edition_changes(document, {**document, "edition": 2}) == ()


def test_the_changes_of_a_topic_are_those_of_its_draft():
    before, after = topic(), deepcopy(topic())
    after["perspectives"][0]["claims"][0]["text"] = "Said anew."
    del after["cruxes"][0]
    changes = content_changes(before, after)
    draft = {name: value for name, value in before.items() if name not in {"edition", "article_head", "sources"}}
    assert {change.path.split("/")[0] for change in changes} == {"perspectives", "cruxes"}
    applied = parts.applied(draft, changes)
    assert applied == {name: value for name, value in after.items() if name in draft}


def test_records_of_sources_and_the_head_of_the_article_are_compared_too():
    before, after = topic(), deepcopy(topic())
    key, gone = sorted(after["sources"])[:2]
    after["sources"][key]["title"] = "Another title"
    del after["sources"][gone]
    after["sources"]["zander2021new"] = after["sources"][key]
    after["article_head"]["title"] = "Leave it be"
    assert content_changes(before, after) == ()
    assert told(edition_changes(before, after)) == [
        ("article_head", True, True),
        (f"sources/{key}", True, True),
        (f"sources/{gone}", True, False),
        ("sources/zander2021new", False, True),
    ]


def test_a_first_edition_adds_everything():
    for document in (topic(), guide()):
        changes = edition_changes({}, document)
        assert not [change for change in changes if change.after is None]
        assert {change.path for change in changes} >= {f"sources/{key}" for key in document["sources"]}


def test_the_parts_of_a_guide_are_told_by_name():
    before, after = guide(), deepcopy(guide())
    first, second, *rest = after["passages"]
    after["passages"] = [second, {**first, "paraphrase": "Said anew."}, *rest[1:], {**first, "id": "p99"}]
    after["selector_note"] = "Counted anew."
    changes = content_changes(before, after)
    moved = {change.path: (change.place, change.moved_to) for change in changes if change.moved_to is not None}
    assert moved == {f"passages/{second['id']}": (1, 0)}
    assert told(change for change in changes if change.moved_to is None) == [
        ("head", True, True),
        (f"passages/{first['id']}", True, True),
        ("passages/p99", False, True),
        *((f"passages/p99/findings/{place}", False, True) for place, _ in enumerate(first["findings"])),
    ]
    applied = parts.applied({name: one for name, one in before.items() if name not in EDITION_ONLY}, changes)
    assert applied == {"links": [], **{name: one for name, one in after.items() if name not in EDITION_ONLY}}


def test_what_a_guide_lost_is_told():
    before, after = guide(), deepcopy(guide())
    gone = after["passages"].pop(0)
    path = f"passages/{gone['id']}"
    assert told(content_changes(before, after)) == [
        *((f"{path}/findings/{place}", True, False) for place, _ in enumerate(gone["findings"])),
        (path, True, False),
    ]
