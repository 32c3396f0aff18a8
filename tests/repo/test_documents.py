"""What is written down is checked against the code."""

import re
from pathlib import Path

import pytest

from perspectives.policy import POLICY
from perspectives.rules.publication.balance import RULES
from perspectives.rules.publication.transitions import INTAKE_ENTRY, PROPOSAL, SOURCE, SUGGESTION
from perspectives.vocab import DeclineReason

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("clients/*/README.md"), ROOT / "fixtures/README.md"]
)
CODE_PATH = re.compile(
    r"`((?:debatekb|perspectives|fixtures|tests|docs|bench|clients|examples|requirements|\.ci)/[\w./-]*|[A-Za-z.-]+\.(?:md|yml|toml))`"
)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def rows(document: str, heading: str) -> list[list[str]]:
    """Read the table under a heading, without its head."""
    section = (ROOT / document).read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_named_in_documents_exist(document):
    text = document.read_text()
    named = {path for path in CODE_PATH.findall(text) if "<" not in path}
    missing = {path for path in named if not (ROOT / path).exists() and not (document.parent / path).exists()}
    assert not missing - {"article.yaml", "sources.yaml"}
    assert not {link for link in LINK.findall(text) if not (document.parent / link).exists()}


TRANSITIONS = {
    "Status of a proposal": PROPOSAL,
    "State of a source": SOURCE,
    "State of an entry of an intake": INTAKE_ENTRY,
    "Status of a suggestion": SUGGESTION,
}


@pytest.mark.parametrize(("heading", "table"), TRANSITIONS.items())
def test_transition_tables_of_curation_equal_the_code(heading, table):
    expected = [[before.value, ", ".join(sorted(after.value for after in table[before])) or "–"] for before in table]
    assert rows("docs/curation.md", heading) == expected


def test_reasons_to_decline_of_curation_equal_the_vocabulary():
    assert rows("docs/curation.md", "Why a suggestion is declined") == [
        [one.value, one.sentence] for one in DeclineReason
    ]


def test_permissions_of_curation_equal_the_policy():
    expected = [[permission.value, (predicate.__doc__ or "").strip()] for permission, predicate in POLICY.items()]
    assert rows("docs/curation.md", "Who may") == expected


def test_rules_of_curation_equal_the_gate():
    assert rows("docs/curation.md", "The balance gate") == [[rule.code, rule.sentence] for rule in RULES]


def test_environment_example_names_every_variable_read_and_no_other():
    code = "".join(
        file.read_text() for folder in ("debatekb", "perspectives") for file in (ROOT / folder).rglob("*.py")
    )
    read = set(re.findall(r"""(?:env\.\w+|environ\.get|environ\[|number\(environ,)\(?\s*"([A-Z_]+)\"""", code))
    secrets = set(re.findall(r"""secret\("([A-Z_]+)\"""", code))
    read |= secrets | {f"{name}_FILE" for name in secrets}
    for file in ("docker-compose.yml", "deploy/tls.yml"):
        read |= set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / file).read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named == read - {"DJANGO_SETTINGS_MODULE"}
