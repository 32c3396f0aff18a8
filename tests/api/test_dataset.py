"""The dataset as readers fetch it: equal to what the API lists, checked by its hashes, held until it changes."""

import csv
import hashlib
import io
import json
import re
import zipfile

import pytest

from perspectives.actions.publication import datasets, publishing
from perspectives.models import Crux, Dataset, Topic
from perspectives.rules.publication.dataset import KINDS
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = [pytest.mark.django_db, pytest.mark.measured]
MANIFEST, ZIP = "/api/v1/dataset/", "/api/v1/dataset.zip"


@pytest.fixture
def archive(client, library):
    with zipfile.ZipFile(io.BytesIO(client.get(ZIP).content)) as opened:
        yield opened


def listed(client, kind):
    address, found = f"/api/v1/{kind}/?limit=7", []
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_is_what_the_api_lists_in_its_order(client, archive, kind):
    records = listed(client, kind)
    assert records
    assert [json.loads(line) for line in archive.read(f"{kind}.jsonl").splitlines()] == records
    assert archive.read(f"{kind}.csv") == client.get(f"/api/v1/{kind}.csv?limit=200").content
    rows = list(csv.DictReader(io.StringIO(archive.read(f"{kind}.csv").decode(), newline="")))
    assert len(rows) == len(records)


def test_editions_are_the_stored_bytes_and_none_is_missing(client, archive):
    expected = {
        f"editions/{kind}/{row[name]}.json": client.get(f"/api/v1/{kind}/{row[name]}/").content
        for kind, name in (("topics", "topic"), ("articles", "article"))
        for row in listed(client, kind)
    }
    assert len(expected) == 3
    assert {name: archive.read(name) for name in archive.namelist() if name.startswith("editions/")} == expected


def test_names_are_stable_and_safe_to_unpack(archive):
    names = set(archive.namelist())
    assert len(names) == len(archive.namelist())
    assert names == {
        "README.md",
        "LICENSE.txt",
        "DATA-CARD.md",
        "manifest.json",
        "datapackage.json",
        "retractions.jsonl",
        "checks.jsonl",
        "confirmations.jsonl",
        "graph.ttl",
        "shapes.ttl",
        f"editions/topics/{factories.TOPIC}.json",
        f"editions/topics/{factories.OTHER_TOPIC}.json",
        f"editions/articles/{factories.ARTICLE}.json",
        *(f"{kind}.{suffix}" for kind in KINDS for suffix in ("jsonl", "csv")),
    }
    assert all(re.fullmatch(r"([a-z0-9-]+/)*[A-Za-z0-9-]+\.[a-z]+", name) for name in names)
    assert all(info.external_attr >> 16 == 0o100644 for info in archive.infolist())


def test_the_data_card_is_the_one_of_the_documents(archive, settings):
    assert archive.read("DATA-CARD.md") == (settings.BASE_DIR / "docs/data-card.md").read_bytes()
    assert "DATA-CARD.md" in archive.read("README.md").decode()


def test_the_manifest_tells_what_is_in_the_zip(client, archive):
    manifest = client.get(MANIFEST).json()
    body = client.get(ZIP).content
    assert archive.testzip() is None
    assert manifest["zip"] == {
        "url": f"http://testserver{ZIP}",
        "name": f"debatekb-{manifest['state'][:12]}.zip",
        "media_type": "application/zip",
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    assert {entry["name"] for entry in manifest["files"]} == set(archive.namelist()) - {"manifest.json"}
    for entry in manifest["files"]:
        data = archive.read(entry["name"])
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    own = json.loads(archive.read("manifest.json"))
    assert own == {name: value for name, value in manifest.items() if name not in {"is_current", "made_at", "zip"}}
    parts = ("editions/", "retractions", "checks", "confirmations")
    counted = [entry for entry in manifest["files"] if entry["name"].startswith(parts)]
    hashes = sorted(entry["sha256"] for entry in counted)
    assert manifest["state"] == hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest()


def test_the_zip_is_a_file_to_keep_and_is_sent_as_it_is(client, library):
    made = Dataset.objects.get()
    response = client.get(ZIP, headers={"accept-encoding": "br, gzip", "origin": "https://school.example"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"] == f'attachment; filename="debatekb-{made.state[:12]}.zip"'
    assert response["ETag"] == f'"{made.sha256}"'
    assert response.content == bytes(made.body)
    assert "Content-Encoding" not in response
    assert "Content-Disposition" in response["Access-Control-Expose-Headers"]
    head = client.head(ZIP)
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(len(made.body)), response["ETag"])
    assert head["Content-Disposition"] == response["Content-Disposition"]


def test_who_holds_it_gets_304(client, library):
    response = client.get(ZIP)
    for held in ({"if-none-match": response["ETag"]}, {"if-modified-since": response["Last-Modified"]}):
        again = client.get(ZIP, headers={**held, "accept-encoding": "br"})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert client.get(ZIP, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=0-0", 0, 1),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("bytes=5-999999999", 5, None),
    ],
)
def test_a_download_that_broke_off_goes_on(client, library, asked, start, end):
    whole = client.get(ZIP)
    assert whole["Accept-Ranges"] == "bytes"
    for condition in ({}, {"if-range": whole["ETag"]}, {"if-range": whole["Last-Modified"]}):
        part = client.get(ZIP, headers={"range": asked, "accept-encoding": "br", **condition})
        assert (part.status_code, part.content) == (206, whole.content[start:end])
        first = whole.content.index(part.content)
        last = first + len(part.content) - 1
        assert part["Content-Range"] == f"bytes {first}-{last}/{len(whole.content)}"
        assert (part["ETag"], part["Content-Length"]) == (whole["ETag"], str(len(part.content)))
        assert part["Content-Type"] == "application/zip"


def test_parts_of_another_file_are_not_given(client, library):
    whole = client.get(ZIP)
    for headers in (
        {"range": "bytes=0-9", "if-range": '"other"'},
        {"range": "bytes=0-9", "if-range": f"W/{whole['ETag']}"},
        {"range": "bytes=0-9", "if-range": "Thu, 20 Jun 2024 12:00:00 GMT"},
        {"range": "bytes=0-9,20-29"},
        {"range": "bytes=-"},
        {"range": "lines=1-2"},
    ):
        response = client.get(ZIP, headers=headers)
        assert (response.status_code, response.content) == (200, whole.content), headers
    held = client.get(ZIP, headers={"range": "bytes=0-9", "if-none-match": whole["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    assert client.head(ZIP, headers={"range": "bytes=0-9"})["Content-Length"] == str(len(whole.content))
    assert client.get(MANIFEST, headers={"range": "bytes=0-9"}).status_code == 200


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0", "bytes=9-5"])
def test_bytes_that_are_not_there(client, library, asked):
    response = client.get(ZIP, headers={"range": asked})
    assert_problem(response, 416, "range_not_satisfiable")
    assert response["Content-Range"] == f"bytes */{len(client.get(ZIP).content)}"


def test_it_is_described_for_programs_that_load_data(client, library, archive):
    package = json.loads(archive.read("datapackage.json"))
    assert [one["path"] for one in package["resources"]] == [f"{kind}.csv" for kind in KINDS]
    for one in package["resources"]:
        data = archive.read(one["path"])
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        header = data.decode().split("\r\n", 1)[0].split(",")
        assert [field["name"] for field in one["schema"]["fields"]] == header
    described = client.get("/api/v1/dataset.jsonld")
    assert described["Content-Type"] == "application/ld+json"
    told = described.json()
    assert (told["@type"], told["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    body = client.get(ZIP).content
    files = {one["@id"]: one for one in told["distribution"]}
    assert (files["zip"]["contentUrl"], files["zip"]["sha256"]) == (
        f"http://testserver{ZIP}",
        hashlib.sha256(body).hexdigest(),
    )
    for sets in told["recordSet"]:
        columns = [field["source"]["extract"]["column"] for field in sets["field"]]
        [source] = {field["source"]["fileObject"]["@id"] for field in sets["field"]}
        assert columns == archive.read(files[source]["contentUrl"]).decode().split("\r\n", 1)[0].split(",")


def test_accept_chooses_too(client, library):
    assert client.get(MANIFEST, headers={"accept": "application/zip"}).content == client.get(ZIP).content
    assert client.get("/api/v1/dataset.json").json() == client.get(MANIFEST).json()
    assert_problem(client.get("/api/v1/dataset.csv"), 404, "unknown_address")
    assert_problem(client.get(f"{ZIP}?x=y"), 400, "unknown_parameter", parameter="x")
    assert_problem(client.post(ZIP), 405, "method_not_allowed")


def test_a_new_edition_makes_it_stale_until_it_is_made_again(client, library):
    before = client.get(MANIFEST).json()
    assert before["is_current"] is True
    topic = Topic.objects.get(slug=factories.OTHER_TOPIC)
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new count.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=library.proposer)
    publishing.approve(proposal_id=proposal.pk, by=library.reviewer)
    assert client.get(MANIFEST).json() == {**before, "is_current": False}
    datasets.build()
    after = client.get(MANIFEST).json()
    assert after["is_current"] is True
    assert after["state"] != before["state"]
    assert after["zip"]["sha256"] != before["zip"]["sha256"]
    with zipfile.ZipFile(io.BytesIO(client.get(ZIP).content)) as opened:
        assert b"A new count." in opened.read(f"editions/topics/{factories.OTHER_TOPIC}.json")


@pytest.mark.parametrize("address", [MANIFEST, ZIP])
def test_before_there_is_one_the_reader_is_asked_to_come_back(client, library, address, django_assert_num_queries):
    Dataset.objects.all().delete()
    with django_assert_num_queries(1):
        response = client.get(address)
    problem = assert_problem(response, 503, "unavailable")
    assert "not been made yet" in problem["detail"]
    assert response["Retry-After"] == "5"
    assert "ETag" not in response


@pytest.mark.parametrize("address", [MANIFEST, ZIP])
def test_it_costs_one_query(client, library, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(address)
