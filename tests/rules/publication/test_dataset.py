"""The dataset as bytes: stable, whole, readable by others."""

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest

from perspectives.rules.formats.table import COLUMNS
from perspectives.rules.publication import dataset
from perspectives.rules.publication.dataset import File, Head
from tests import content, factories

NONE = dataset.lines_file("retractions.jsonl", [])
HEAD = Head(dataset.state(["b" * 64, "a" * 64], NONE), datetime(2024, 6, 20, 12, 30, tzinfo=UTC))
RECORD = '{"topic": "x", "from": "x/a1", "to": "x/b1", "type": "rebuts", "note": "\\"No\\",\\n; ü=1"}'


def files():
    yield from dataset.edition_files("topics", [("x", b'{"topic":"x"}')])
    yield from dataset.list_files("responses", [RECORD, RECORD])


def opened(body):
    return zipfile.ZipFile(io.BytesIO(body))


def test_a_state_is_of_the_set_of_editions_and_of_the_retractions():
    none = hashlib.sha256(b"").hexdigest()
    lines = "".join(f"{one}\n" for one in sorted(["a" * 64, "b" * 64, none])).encode()
    assert HEAD.state == dataset.state(["a" * 64, "b" * 64], NONE) == hashlib.sha256(lines).hexdigest()
    some = dataset.lines_file("retractions.jsonl", ['{"topic": "x"}'])
    others = ((["a" * 64], NONE), (["a" * 64, "c" * 64], NONE), ([], NONE), (["a" * 64, "b" * 64], some))
    assert len({HEAD.state, *(dataset.state(*one) for one in others)}) == 5


def test_the_same_files_give_the_same_bytes():
    body, manifest = dataset.pack(HEAD, files())
    assert dataset.pack(HEAD, files()) == (body, manifest)
    assert dataset.pack(HEAD, [*files(), File("more.txt", b"")])[0] != body


def test_the_zip_is_whole_and_its_manifest_true():
    body, manifest = dataset.pack(HEAD, files())
    with opened(body) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "README.md",
            "LICENSE.txt",
            "editions/topics/x.json",
            "responses.jsonl",
            "responses.csv",
            "datapackage.json",
            "manifest.json",
        ]
        assert json.loads(archive.read("manifest.json")) == manifest
        assert [entry["name"] for entry in manifest["files"]] == archive.namelist()[:-1]
        for entry in manifest["files"]:
            data = archive.read(entry["name"])
            assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
    rows = {entry["name"]: entry.get("rows") for entry in manifest["files"]}
    assert (rows["responses.jsonl"], rows["responses.csv"], rows["README.md"]) == (2, 2, None)
    assert (manifest["state"], manifest["published_at"]) == (HEAD.state, "2024-06-20T12:30:00+00:00")


def test_lists_are_read_back_by_others():
    lines, table = dataset.list_files("responses", [RECORD, RECORD])
    assert [json.loads(line) for line in lines.body.splitlines()] == [json.loads(RECORD)] * 2
    rows = list(csv.DictReader(io.StringIO(table.body.decode(), newline="")))
    assert [row["note"] for row in rows] == [json.loads(RECORD)["note"]] * 2


def test_an_empty_list_has_its_head_line():
    lines, table = dataset.list_files("claims", [])
    assert (lines.body, lines.rows, table.rows) == (b"", 0, 0)
    assert table.body.decode().strip().split(",") == list(COLUMNS["claims"])


def test_every_kind_of_list_is_there():
    assert set(dataset.KINDS) == COLUMNS.keys() - {"citations"}  # which the lines of claims.jsonl hold, each whole


@pytest.mark.parametrize("kind", dataset.KINDS)
def test_the_readme_names_every_file_and_column(kind):
    archive = opened(dataset.pack(HEAD, files())[0])
    readme = archive.read("README.md").decode()
    assert f"| `{kind}.jsonl`, `{kind}.csv` |" in readme
    section = readme.split(f"### {kind}.csv\n")[1].split("###")[0]
    assert all(f"| `{column}` | `{way}` |" in section for column, way in COLUMNS[kind].items())
    assert HEAD.state in readme
    assert "published 2024-06-20." in readme
    assert "quotations" in archive.read("LICENSE.txt").decode()


def test_the_state_is_found_as_the_readme_says(tmp_path):
    bodies = [(slug, content.topic(slug).model_dump_json().encode()) for slug in content.TOPICS[:3]]
    guide = [(factories.ARTICLE, b"{}")]
    retracted = dataset.lines_file("retractions.jsonl", ['{"topic": "minsk-ii", "edition": 1}'])
    hashes = (hashlib.sha256(body).hexdigest() for _, body in bodies + guide)
    found = [dataset.lines_file(name, ['{"on": "2026-03-01"}']) for name in (dataset.CHECKS, dataset.CONFIRMATIONS)]
    head = Head(dataset.state(hashes, retracted, *found), HEAD.published_at)
    made = [retracted, *found, *dataset.edition_files("topics", bodies), *dataset.edition_files("articles", guide)]
    opened(dataset.pack(head, made)[0]).extractall(tmp_path)
    command = next(
        line for line in (tmp_path / "README.md").read_text().splitlines() if line.startswith("    sha256sum")
    )
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == head.state
