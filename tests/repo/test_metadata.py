"""What programs read of the project: versions, citation, templates of issues; and how large its folders are."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MOST_MODULES = 15
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_the_version_is_the_same_everywhere():
    numbered = re.findall(
        r"^## (\d+\.\d+\.\d+) — (\d{4}-\d{2}-\d{2})$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert (VERSION, str(citation["date-released"])) == numbered[0]
    assert citation["version"] == VERSION
    assert (ROOT / f"docs/releases/{VERSION}.md").exists()
    assert f"image: debatekb:{VERSION}" in (ROOT / "docker-compose.yml").read_text()


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("citation-file-format", "CITATION.cff"),
        *(("github-issue-forms", str(path.relative_to(ROOT))) for path in ROOT.glob(".github/ISSUE_TEMPLATE/*.yml")),
    ],
)
def test_files_for_other_programs_keep_to_their_schemas(schema, file):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_pre_commit_runs_the_tools_of_make_lint():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    makefile = (ROOT / "Makefile").read_text()
    assert "\nlint: .venv/.dev secrets " in makefile
    recipe = "".join(makefile.split(f"\n{name}:", 1)[1].split("\n\n", 1)[0] for name in ("lint", "secrets"))
    assert all(hook["entry"].split()[0] in recipe for hook in hooks)
    assert {hook["id"] for hook in hooks} == {"ruff", "ruff-format", "django-upgrade", "djade", "layers", "secrets"}


def test_no_folder_has_more_modules_than_one_takes_in():
    modules = [path for path in (ROOT / "perspectives").rglob("*.py") if path.parent.name != "migrations"]
    sizes = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules)
    assert len(sizes) > 50
    assert {folder: size for folder, size in sizes.items() if size > MOST_MODULES} == {}


def test_words_that_the_glossary_gave_up_are_gone():
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]*) \|$", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)[2:]
    assert len(rows) > 15
    # Of the old words these mean nothing else in English prose about debates.
    gone = {"deed", "deeds", "logbook", "kept page", "lettering", "gauge"}
    assert gone <= {word for _, old in rows for word in [*old.split(", "), f"{old}s"]}
    code = [*(ROOT / "perspectives").rglob("*.py"), *(ROOT / "perspectives").rglob("*.html")]
    for path in (path for path in code if "migrations" not in path.parts):
        found = re.findall(rf"(?i)\b({'|'.join(sorted(gone))})\b", path.read_text())
        assert not found, (path, found)
