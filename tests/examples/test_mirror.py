"""The mirror, as a process of its own against a server: kept by `changes/` alone, it equals the site."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from perspectives.actions.publication import publishing, retracting
from perspectives.actions.sources import source_merging
from perspectives.models import Claim, Edition, Source, Topic, User
from perspectives.rules.documents import parts
from perspectives.vocab import Role
from tests import factories

PROGRAM = Path(__file__).resolve().parents[2] / "examples" / "mirror.py"
OLD_NAME, NEW_NAME = "weir2016cost", "weir2016costs"
ROLES = (Role.MODERATOR, Role.MODERATOR, Role.CHIEF_EDITOR)


@pytest.fixture
def site(transactional_db, published, live_server):
    return live_server.url


@pytest.fixture
def editors(transactional_db):
    """Two moderators and a chief editor."""
    return [User.objects.create_user(f"editor-{role}-{n}", role=role) for n, role in enumerate(ROLES)]


def mirror(base, folder):
    command = [sys.executable, "-I", str(PROGRAM), "--base", base, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def kept(folder):
    """Read the copy: the bytes of each current edition, and the hashes of what was retracted with their notes."""
    bodies = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.glob("*s/*.json")}
    file = folder / "retracted.json"
    return bodies, json.loads(file.read_text()) if file.exists() else {}


def read():
    """Read from the site's other resources what the copy should hold."""
    client, bodies, retracted = Client(), {}, {}
    for kind in ("topic", "article"):
        for row in client.get(f"/api/v1/{kind}s/").json()["results"]:
            place = f"/api/v1/{kind}s/{row[kind]}/"
            bodies[f"{kind}s/{row[kind]}.json"] = client.get(place).content
            for edition in client.get(f"{place}editions/").json()["results"]:
                if "retracted_at" in edition:
                    said = {"at": edition["retracted_at"], "note": edition["retraction_note"]}
                    retracted[edition["sha256"]] = said
    return bodies, retracted


def publish(editors):
    proposal = publishing.propose_topic(topic_id=Topic.objects.get(slug=factories.TOPIC).pk, by=editors[0])
    return publishing.approve(proposal_id=proposal.pk, by=editors[1])


def rename(by):
    """A source gets another key: a record under the new one, into which the old one is merged."""
    record = Source.objects.get(key=OLD_NAME).record
    Source.objects.create(key=NEW_NAME, record=record)
    versions = {key: parts.version(record) for key in (OLD_NAME, NEW_NAME)}
    source_merging.merge(from_key=OLD_NAME, into_key=NEW_NAME, record=record, versions=versions, by=by)


def test_it_equals_the_site_after_a_publication_a_retraction_and_a_renamed_source(site, editors, tmp_path):
    folder = tmp_path / "copy"
    made = mirror(site, folder)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"{Edition.objects.count()} changes; {folder} is in step.\n"
    assert kept(folder) == read()

    Claim.objects.filter(perspective__topic__slug=factories.TOPIC, identifier="s1").update(text="The oak is sound.")
    edition = publish(editors)
    assert kept(folder) != read()
    assert mirror(site, folder).stdout.startswith("1 changes;")
    assert kept(folder) == read()

    retracting.retract(edition_id=edition.pk, note="A table was misread.", by=editors[2])
    assert kept(folder) != read()
    assert mirror(site, folder).stdout.startswith("1 changes;")
    assert kept(folder) == read()

    rename(editors[0])
    publish(editors)
    assert mirror(site, folder).stdout.startswith("1 changes;")
    assert kept(folder) == read()
    body = kept(folder)[0][f"topics/{factories.TOPIC}.json"]
    assert (f'"{OLD_NAME}"'.encode() in body, f'"{NEW_NAME}"'.encode() in body) == (False, True)
    assert mirror(site, folder).stdout.startswith("0 changes;")


def test_a_place_that_is_none_is_told_in_a_sentence(site, tmp_path):
    (tmp_path / "since").write_text("made up")
    made = mirror(site, tmp_path)
    assert made.returncode == 1
    assert made.stderr.startswith(f"{site}/api/v1/changes/?limit=100&since=made%20up answers 4")
