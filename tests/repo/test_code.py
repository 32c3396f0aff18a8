"""Rules about the code itself that no linter knows."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from perspectives import policy
from tests.repo import action_table

ROOT = Path(__file__).resolve().parents[2]
MODULES = [
    path
    for folder in ("perspectives", "debatekb")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "perspectives/templates").rglob("*.html"))
EDGES = (
    "perspectives/api/",
    "perspectives/web/",
    "perspectives/queries/",
    "perspectives/tasks.py",
    "perspectives/policy.py",
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def offenders(pattern: str, files: list[Path]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_modules_stay_within_400_lines():
    assert not [name(path) for path in MODULES if len(path.read_text().splitlines()) > 400]


def test_functions_stay_within_50_lines():
    long = {
        f"{name(path)}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    }
    assert not long


def test_templates_stay_within_120_lines():
    assert TEMPLATES
    assert not [name(path) for path in TEMPLATES if len(path.read_text().splitlines()) > 120]


def test_only_actions_write():
    files = [path for path in MODULES if name(path).startswith(EDGES)]
    assert files
    writes = r"\.(save|bulk_create|bulk_update|get_or_create|update_or_create)\("
    writes += r"|objects\.(create|update|delete)\(|\)\.(update|delete)\("
    assert not offenders(writes, files)


def test_only_jobs_send_tasks():
    files = [path for path in MODULES if name(path) != "perspectives/jobs.py"]
    assert not offenders(r"\.(delay|apply_async|send_task)\(", files)


def test_nothing_is_hidden_in_signals_or_save():
    assert not offenders(r"@receiver\(|\.connect\(|def (save|delete)\(self", [*(ROOT / "perspectives").rglob("*.py")])


def test_templates_trust_no_html_and_hold_no_inline_code():
    trusting = offenders(r"\|\s*safe\b|mark_safe\(|SafeString\(|autoescape off", [*MODULES, *TEMPLATES])
    # JSON that `page_data` itself makes safe for the one script element that holds data.
    assert [line for line in trusting if "SafeString(page_data(" not in line] == []
    inline = [
        line
        for line in offenders(r'\sstyle="|<style|<script(>| [^>]*>)|\son\w+="', TEMPLATES)
        if "src=" not in line
        and 'type="application/ld+json"' not in line  # data for search engines, which no browser runs
    ]
    assert not inline


def test_no_code_names_the_article_or_its_author():
    words = "|".join(("Sachs", "sachs2024fifth", "Ukraine", "Russia", "NATO"))
    assert not offenders(words, [*MODULES, *TEMPLATES])


def test_silenced_alarms_give_their_reason():
    files = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]
    alarm = r"#\s*(noqa|type: ignore|pragma: no cover)"
    without = [line for line in offenders(alarm, files) if not re.search(alarm + r"[^#]*?(\s-\s|\s#\s)\w", line)]
    assert not [line for line in without if "test_code.py" not in line]


def test_every_policy_row_is_there():
    assert set(policy.POLICY) == set(policy.Permission)


@pytest.mark.parametrize("label", sorted(action_table.FUNCTIONS))
def test_actions_take_keywords_only_and_an_actor(label):
    """Every function of every module of actions is an action of a person, of the system, or a piece of actions."""
    parameters = inspect.signature(action_table.FUNCTIONS[label]).parameters
    if label not in action_table.PIECES:
        assert all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters.values())
        assert ("by" in parameters) != (label in action_table.BY_THE_SYSTEM_ITSELF)


def test_pieces_of_actions_are_used_by_actions_alone():
    """They ask for no permission: pages, the API, tasks and commands do not call them."""
    names = "|".join(re.escape(label) for label in sorted(action_table.PIECES))
    outside = [path for path in MODULES if not name(path).startswith("perspectives/actions/")]
    assert not offenders(rf"\b({names})\(", outside)


def test_the_exceptions_are_functions_that_are_there():
    assert set(action_table.FUNCTIONS) >= action_table.PIECES | action_table.BY_THE_SYSTEM_ITSELF
