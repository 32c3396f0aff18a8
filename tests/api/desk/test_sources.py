"""Sources over REST: the record in the version that was seen, its states, merging, and the editions that follow."""

import pytest

from perspectives.models import LogEntry, Source
from perspectives.rules.documents import parts
from perspectives.vocab import Role
from tests import factories
from tests.api.conftest import assert_problem

KEY = "pratt2018timber"
PLACE = f"sources/{KEY}/"
OTHER = "okoro2020spans"
STALE = '"0123456789abcdef"'


def test_sources_are_listed_and_narrowed_in_one_query(moderator, drafts, django_assert_num_queries):
    moderator.get("sources/")
    with django_assert_num_queries(3):
        listed = moderator.get("sources/").json()["results"]
    assert [row["key"] for row in listed] == sorted(factories.source_records())
    [row] = [row for row in listed if row["key"] == KEY]
    assert f'"{row["version"]}"' == moderator.get(PLACE)["ETag"]
    assert row["uses"] == len(moderator.get(f"{PLACE}standing/").json()["uses"])
    assert moderator.get("sources/?state=superseded").json() == {"results": []}
    assert moderator.get("sources/?uncited=yes&lacks=address&words=x").status_code == 200
    assert_problem(moderator.get("sources/?state=lost"), 400, "invalid_parameter", parameter="state")


def test_a_long_list_comes_in_pages(moderator, drafts):
    record = {name: value for name, value in Source.objects.get(key=KEY).record.items() if name != "DOI"}
    Source.objects.bulk_create(Source(key=f"copy{place:03}", record=record) for place in range(60))
    first = moderator.get("sources/?state=current").json()
    rest = moderator.get(first["next"].removeprefix("http://testserver")).json()
    keys = [row["key"] for row in first["results"] + rest["results"]]
    assert (len(first["results"]), keys) == (50, sorted(Source.objects.values_list("key", flat=True)))


def test_a_record_is_corrected_in_the_version_that_was_seen(moderator, drafts):
    seen = moderator.get(PLACE)
    body = {**seen.json(), "volume": "77"}
    answer = moderator.ask("put", f"{PLACE}?note=As+printed", body, version=seen["ETag"])
    assert (answer.json(), answer["ETag"]) == (body, f'"{parts.version(body)}"')
    assert LogEntry.objects.get(code="source.changed").note == "As printed"
    stale = moderator.ask("put", PLACE, seen.json(), version=seen["ETag"])
    assert_problem(stale, 412, "precondition_failed")
    assert (stale.json()["now"], f'"{stale.json()["version"]}"') == (body, answer["ETag"])
    assert_problem(moderator.ask("put", PLACE, body), 428, "precondition_required")
    wrong = moderator.ask("put", PLACE, {**body, "DOI": "x", "titel": "y"}, version=answer["ETag"])
    assert_problem(wrong, 422, "rules_broken")
    assert len(wrong.json()["problems"]) == 2


def test_a_source_is_added_once(moderator, drafts):
    record = {name: value for name, value in moderator.get(PLACE).json().items() if name not in {"DOI", "URL"}}
    added = moderator.ask("put", "sources/new2020source/", record, **{"if-none-match": "*"})
    assert (added.status_code, added["Location"]) == (201, "/api/v1/desk/sources/new2020source/"), added.content
    again = moderator.ask("put", "sources/new2020source/", record, **{"if-none-match": "*"})
    assert_problem(again, 422, "rules_broken")
    assert_problem(moderator.ask("put", "sources/BAD/", record, **{"if-none-match": "*"}), 422, "rules_broken")
    assert_problem(moderator.get("sources/nothing/"), 404, "not_found")


def test_a_source_is_set_aside_and_cited_again(moderator, drafts):
    version = moderator.get(PLACE)["ETag"]
    why = {"reason": "Its author withdrew it."}
    assert_problem(moderator.post(f"{PLACE}deprecation/", why), 428, "precondition_required")
    assert_problem(moderator.post(f"{PLACE}deprecation/", why, version=STALE), 412, "precondition_failed")
    assert_problem(moderator.post(f"{PLACE}deprecation/", {}, version=version), 422, "rules_broken")
    aside = moderator.post(f"{PLACE}deprecation/", why, version=version)
    assert (aside.json()["state"], aside.json()["reason"]) == ("deprecated", why["reason"])
    assert aside["ETag"] == version
    assert_problem(moderator.post(f"{PLACE}deprecation/", why, version=version), 409, "not_possible")
    assert_problem(moderator.post(f"{PLACE}reinstatement/"), 428, "precondition_required")
    assert_problem(moderator.post(f"{PLACE}reinstatement/", version=STALE), 412, "precondition_failed")
    back = moderator.post(f"{PLACE}reinstatement/", {"note": "It stands."}, version=version)
    assert back.json()["state"] == "current"


def test_two_sources_are_merged(moderator, drafts):
    ours, theirs = moderator.get(f"sources/{OTHER}/"), moderator.get(PLACE)
    versions = {OTHER: ours["ETag"].strip('"'), KEY: theirs["ETag"].strip('"')}
    body = {"into": OTHER, "record": ours.json(), "versions": versions, "note": "The same work."}
    stale = moderator.post(f"{PLACE}merge/", {**body, "versions": {**versions, KEY: "0" * 16}})
    assert_problem(stale, 412, "precondition_failed")
    assert_problem(moderator.post(f"{PLACE}merge/", {**body, "versions": {}}), 412, "precondition_failed")
    assert_problem(moderator.post(f"{PLACE}merge/", {**body, "into": KEY}), 409, "not_possible")
    assert_problem(moderator.post(f"{PLACE}merge/", {**body, "record": {}}), 422, "rules_broken")
    merged = moderator.post(f"{PLACE}merge/", body)
    assert (merged.status_code, merged.json()["key"]) == (200, OTHER), merged.content
    gone = moderator.get(f"{PLACE}standing/").json()
    assert (gone["state"], gone["superseded_by"], gone["uses"]) == ("superseded", OTHER, [])


@pytest.mark.parametrize("action", ["deprecation", "reinstatement", "merge", "bundles"])
def test_contributors_look_and_do_not_touch(action, curator, drafts):
    contributor = curator(Role.CONTRIBUTOR)
    seen = contributor.get(PLACE)
    assert seen.status_code == contributor.get(f"{PLACE}standing/").status_code == 200
    assert_problem(contributor.ask("put", PLACE, seen.json(), version=seen["ETag"]), 403, "not_permitted")
    bodies = {"deprecation": {"reason": "No."}, "merge": {"into": OTHER, "record": seen.json(), "versions": {}}}
    answer = contributor.post(f"{PLACE}{action}/", bodies.get(action), version=seen["ETag"])
    assert_problem(answer, 403, "not_permitted")
