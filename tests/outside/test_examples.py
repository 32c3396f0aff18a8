"""The examples that need more than Python's library, on real content: each answers its question as the API would."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.node.install import program
from tests.run.system import ROOT, free_port

NOTEBOOK = ROOT / "examples" / "evidence.ipynb"
AGREEMENT = ROOT / "examples" / "agreement.mjs"


def run(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(
        words, env={**os.environ, **more}, capture_output=True, text=True, timeout=120, check=False, encoding="utf-8"
    )


def records(service: str, asked: str) -> list[dict]:
    found, address = [], f"{service}/api/v1/{asked}"
    while address:
        page = httpx.get(address).json()
        found, address = found + page["results"], page["next"]
    return found


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_is_kept_without_outputs():
    assert [(cell["outputs"], cell["execution_count"]) for cell in code_cells(NOTEBOOK)] == [([], None)] * 4


def test_the_notebook_finds_what_both_sides_cite(service, tmp_path):
    folders = {name: str(tmp_path / name) for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
    execute = Path(sys.executable).with_name("jupyter-execute")
    done = run(execute, NOTEBOOK, f"--output={tmp_path / 'done.ipynb'}", DEBATEKB=service, **folders)
    assert done.returncode == 0, done.stderr
    _, sums, shared, kinds = code_cells(tmp_path / "done.ipynb")
    claims = records(service, "claims/?limit=200&include=sources")
    cited = {
        stance: {cite["source"] for one in claims if one["stance"] == stance for cite in one["cites"]}
        for stance in ("author", "opposing", "neutral")
    }
    both = cited["author"] & cited["opposing"]
    table = shown(shared)
    assert both
    assert {key for key in cited["author"] | cited["opposing"] if f">{key}<" in table} == both
    assert all(f">{len(keys)}<" in shown(sums) for keys in cited.values())
    categories = {source["category"] for one in claims for source in one["sources"].values()}
    assert all(f">{category}<" in shown(kinds) for category in categories)


def shown(cell: dict) -> str:
    """Give the table that a cell shows."""
    [output] = [one for one in cell["outputs"] if "data" in one]
    return "".join(output["data"]["text/html"])


def test_node_counts_answers_and_lists_where_sides_agree(service):
    done = run(program("node"), AGREEMENT, service)
    assert (done.returncode, done.stderr) == (0, "")
    responses = records(service, "responses/?limit=200&include=claims")
    agreed = [
        one
        for one in responses
        if one["type"] in {"concedes", "corroborates"} and one["from_stance"] != one["to_stance"]
    ]
    assert agreed
    assert done.stdout.count("\n- ") == len(agreed)
    assert all(f"({one['to']}): {one['claims'][one['to']]['text']}" in done.stdout for one in agreed)
    for (giver, receiver, _), count in Counter(
        (one["from_stance"], one["to_stance"], one["type"]) for one in responses
    ).items():
        [row] = [line for line in done.stdout.splitlines() if f" {giver} to {receiver} " in line]
        assert f" {count} " in row
    one_topic = run(program("node"), AGREEMENT, service, "minsk-ii").stdout
    assert one_topic.count("\n- ") == sum(one["topic"] == "minsk-ii" for one in agreed)


def test_node_says_in_a_sentence_what_is_wrong(service):
    topic = run(program("node"), AGREEMENT, service, "none-such")
    assert topic.returncode == 1
    assert "responses/?limit=200&include=claims&topic=none-such: " in topic.stderr
    server = run(program("node"), AGREEMENT, f"http://127.0.0.1:{free_port()}")
    assert server.returncode == 1
    assert "cannot be read: " in server.stderr
    assert (topic.stderr + server.stderr).count("\n") == 2


def test_r_tells_how_old_the_evidence_is(service):
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not on this machine: apt-get install r-base-core r-cran-jsonlite")
    done = run("Rscript", "--vanilla", ROOT / "examples" / "age.R", service)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["works", "undated", "middle_year", "since_2022"]
    assert [line[0] for line in lines[1:]] == ["author", "neutral", "opposing"]
    sources = records(service, "sources/?limit=200&include=uses")
    for stance, works, undated, middle, since in lines[1:]:
        issued = [
            one["record"].get("issued", "")[:4]
            for one in sources
            if any(use.get("stance") == stance for use in one.get("uses", []))
        ]
        years = [int(year) for year in issued if year]
        assert (int(works), int(undated)) == (len(issued), issued.count(""))
        assert float(middle) == statistics.median(years)
        assert int(since) == sum(year >= 2022 for year in years)
