"""What a request may choose: members, related records, order; and following the changes."""

import pytest

from perspectives.actions.publication import publishing
from perspectives.models import Claim, Edition, Topic
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
TOPIC = f"/api/v1/topics/{factories.TOPIC}/"


def results(client, address):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_fields_keep_the_named_members_in_lists_records_and_documents(client, library):
    assert {frozenset(row) for row in results(client, "claims/?fields=id,text")} == {frozenset({"id", "text"})}
    assert set(client.get(f"/api/v1/claims/{factories.TOPIC}/s1/?fields=stance").json()) == {"stance"}
    whole = client.get(TOPIC).json()
    part = client.get(f"{TOPIC}?fields=question,cruxes")
    assert part.json() == {name: whole[name] for name in ("question", "cruxes")}
    assert part["ETag"] != client.get(TOPIC)["ETag"]
    assert part["Content-Type"] == "application/json"
    assert set(results(client, "responses/?fields=from,to")[0]) == {"from", "to"}


def test_a_list_may_be_given_by_commas_or_by_repeating_as_generated_clients_do(client, library):
    """As openapi-fetch, openapi-python-client and orval write it, and axios."""
    for query in (
        "fields=id,text",
        "fields=id&fields=text",
        "limit=9&fields=id&fields=text",
        "fields[]=id&fields[]=text",
        "fields=id&fields[]=text",
    ):
        response = client.get(f"/api/v1/claims/?{query}")
        assert response["Content-Type"] == "application/json"
        assert {frozenset(row) for row in response.json()["results"]} == {frozenset({"id", "text"})}
    twice = client.get("/api/v1/sources/?include=uses&fields=key&fields=uses").json()["results"]
    assert all(set(row) == {"key", "uses"} for row in twice)
    for query in (
        "fields=id&fields=id",
        "fields=id&fields=",
        "fields=id&fields=colour",
        "fields=id,text&fields[]=text",
    ):
        assert_problem(client.get(f"/api/v1/claims/?{query}"), 400, "invalid_parameter", parameter="fields")
    assert_problem(client.get("/api/v1/claims/?limit=1&limit=2"), 400, "repeated_parameter", parameter="limit")


@pytest.mark.parametrize(
    "address",
    [
        "claims/?fields=colour",
        "claims/?fields=id,,text",
        "claims/?include=everything",
        f"topics/{factories.TOPIC}/?fields=x",
    ],
)
def test_a_member_that_is_none_is_answered_with_those_that_are(client, library, address):
    name = address.split("?")[1].split("=")[0]
    problem = assert_problem(client.get(f"/api/v1/{address}"), 400, "invalid_parameter", parameter=name)
    assert problem["known"]


def test_related_records_come_along(client, library):
    for claim in results(client, "claims/?include=sources"):
        assert set(claim["sources"]) == {cite["source"] for cite in claim["cites"]}
        assert all(record["title"] for record in claim["sources"].values())
    for response in results(client, "responses/?include=claims"):
        assert set(response["claims"]) == {response["from"], response["to"]}
    for source in results(client, "sources/?include=uses"):
        assert source["uses"] == client.get(f"/api/v1/sources/{source['key']}/").json()["uses"]
    person = client.get(f"/api/v1/people/{factories.PERSON}/?include=claims").json()
    assert len(person["claims"]) == person["counts"]["claims"]
    assert any(row["claim_records"] for row in results(client, "passages/?include=claim_records"))
    assert {frozenset(row) for row in results(client, "claims/?fields=id&include=sources")} == {
        frozenset({"id", "sources"})
    }


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("topics/?ordering=title", lambda row: row["title"]),
        ("people/?ordering=-claims", lambda row: (-row["counts"]["claims"], row["person"])),
        ("events/?ordering=date", lambda row: row["date"]),
        ("sources/?ordering=year", lambda row: (int(row["record"].get("issued", "0")[:4]), row["key"])),
        ("responses/?ordering=to", lambda row: (row["to"], row["from"])),
    ],
)
def test_an_ordering_orders_pages_too(client, library, address, key):
    whole = results(client, address)
    assert [key(row) for row in whole] == sorted(key(row) for row in whole)
    page, seen = client.get(f"/api/v1/{address}&limit=2").json(), []
    while True:
        seen += page["results"]
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()
    assert seen == whole


def test_an_ordering_that_is_none_and_a_cursor_of_another(client, library):
    assert_problem(client.get("/api/v1/topics/?ordering=colour"), 400, "invalid_parameter", parameter="ordering")
    following = client.get("/api/v1/topics/?limit=1").json()["next"]
    assert_problem(client.get(f"{following}&ordering=title"), 404, "invalid_cursor", parameter="cursor")


def test_people_hold_positions_across_topics(client, library):
    person = client.get(f"/api/v1/people/{factories.PERSON}/").json()
    assert person["name"] == "Mara Ellingwood"
    assert [position["topic"] for position in person["positions"]] == [factories.TOPIC, factories.OTHER_TOPIC]
    held = sum(len(one["claims"]) for one in person["positions"])
    assert person["counts"] == {"topics": 2, "claims": held, "stated": len(person["states"])}
    stated = [claim["id"] for claim in results(client, f"claims/?stated_by={factories.PERSON}&ordering=topic")]
    assert person["states"] == stated != []
    county = client.get("/api/v1/people/imaginary-county-of-wend/?include=claims").json()
    assert (county["positions"], list(county["claims"])) == ([], county["states"])
    assert_problem(client.get("/api/v1/people/nobody/"), 404, "not_found")


def test_tags_name_their_topics(client, library):
    tags = {row["tag"]: row["topics"] for row in client.get("/api/v1/tags/").json()["tags"]}
    for topic in results(client, "topics/"):
        assert all(topic["topic"] in tags[tag] for tag in topic["tags"])


def test_the_vocabulary_has_every_code_with_its_sentence(client, library):
    terms = client.get("/api/v1/vocabulary/").json()["terms"]
    kinds = {entry["code"] for entry in terms["claim_kind"]}
    assert {claim["kind"] for claim in results(client, "claims/")} <= kinds
    assert all(entry["sentence"].endswith(".") for entries in terms.values() for entry in entries)


def test_a_client_follows_the_changes_and_misses_none(client, library):
    seen, address = [], "/api/v1/changes/?limit=2"
    while address:
        page = client.get(address).json()
        seen += page["results"]
        address = page["next"]
    assert [row["sha256"] for row in seen] == [edition.sha256 for edition in Edition.objects.order_by("pk")]
    for row in seen:
        assert client.get(row["url"])["ETag"] == f'"{row["sha256"]}"'
    nothing = client.get("/api/v1/changes/", {"since": page["since"]}).json()
    assert (nothing["results"], nothing["since"]) == ([], page["since"])
    topic = Topic.objects.get(slug=factories.TOPIC)
    Claim.objects.filter(perspective__topic=topic, identifier="s1").update(text="The oak frame is sound.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=library.proposer)
    publishing.approve(proposal_id=proposal.pk, by=library.reviewer)
    [new] = client.get("/api/v1/changes/", {"since": page["since"]}).json()["results"]
    assert (new["topic"], new["edition"]) == (factories.TOPIC, 3)
    assert_problem(client.get("/api/v1/changes/?since=x"), 404, "invalid_cursor", parameter="since")


def test_pages_of_other_sites_may_read(client, library):
    origin = {"origin": "https://school.example"}
    response = client.get(TOPIC, headers=origin)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    asked = {**origin, "access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    preflight = client.options(TOPIC, headers=asked)
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert "if-none-match" in preflight["Access-Control-Allow-Headers"]
    assert "POST" not in preflight["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/about/", headers=origin)
