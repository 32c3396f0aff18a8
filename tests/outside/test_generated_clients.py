"""Clients that other programs generate from the OpenAPI document: they compile, and they fetch every resource."""

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.node.install import ensure, program
from tests.outside.places import of_path

pytestmark = pytest.mark.xdist_group("outside")  # one worker starts the system for all
SCHEMA = Path(__file__).parents[1] / "api" / "openapi.json"
NEEDED = {"Search": {"q": "peace"}, "Oembed": {"url": "{base}/topics/minsk-ii/"}}
"""Parameters without which a resource has no answer, by operation."""
NEEDED |= {f"{name}InFormat": query for name, query in NEEDED.items()}
CONFIG = """\
project_name_override: kbclient
package_name_override: kbclient
post_hooks: []
content_type_overrides:
  application/zip: application/octet-stream
  application/link-format: text/plain
"""


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def operations(described: dict) -> dict[str, str]:
    """Map the names of the operations to their paths."""
    return {item["get"]["operationId"]: path for path, item in described["paths"].items()}


@pytest.mark.timeout(600)
def test_the_python_client_fetches_every_resource(service, described, tmp_path, monkeypatch):
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG)
    program = Path(sys.executable).with_name("openapi-python-client")
    said = run(
        str(program), "generate", "--path", str(SCHEMA), "--config", str(config), "--output-path", "made", cwd=tmp_path
    )
    assert "WARNING" not in said.upper(), said
    run(sys.executable, "-m", "compileall", "-q", "made", cwd=tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "made"))
    client = importlib.import_module("kbclient").Client(base_url=service, raise_on_unexpected_status=True)
    made = tmp_path / "made"
    modules = {
        path.stem: importlib.import_module(".".join(path.relative_to(made).with_suffix("").parts))
        for path in (made / "kbclient/api").glob("*/[a-z]*.py")
    }
    assert len(modules) == len(operations(described))
    choice = importlib.import_module("kbclient.models").ClaimListFieldsItem
    with client:
        some = modules["claim_list"].sync_detailed(client=client, fields=[choice.ID, choice.TEXT], limit=2)
        whole = modules["claim_list"].sync_detailed(client=client, limit=2)
        assert [row.to_dict() for row in some.parsed.results] == [
            {"id": row.id, "text": row.text} for row in whole.parsed.results
        ]
        assert_lists_are_understood(modules["claim_list"].sync_detailed, client)
        for name, path in operations(described).items():
            module = modules[name_of_module(name)]
            takes = inspect.signature(module.sync_detailed).parameters
            needed = {
                key if key in takes else f"{key}_query": value.format(base=service)
                for key, value in NEEDED.get(name, {}).items()
            }
            answer = module.sync_detailed(client=client, **in_first_format(takes, of_path(path)), **needed)
            assert answer.status_code == 200, (name, answer)
            assert answer.parsed is not None, name


def assert_lists_are_understood(ask, client):
    """Ask for several values, a span, a total and counts, typed as the generator wrote them."""
    models = importlib.import_module("kbclient.models")
    stance, by = models.ClaimListStanceItem, models.ClaimListGroupByItem
    chosen = [stance.OPPOSING, stance.NEUTRAL]
    page = ask(client=client, stance=chosen, year=["1990..1999", "2014.."], count=True, limit=3).parsed
    assert {row.stance.value for row in page.results} <= {"opposing", "neutral"}
    assert page.count >= len(page.results) > 0
    counts = ask(client=client, stance=chosen, group_by=[by.STANCE, by.KIND]).parsed
    assert {group.stance.value for group in counts.groups} == {"opposing", "neutral"}
    assert sum(group.count for group in counts.groups) == counts.count


def in_first_format(takes, places):
    """Choose the first suffix, where the address has one."""
    suffixes = takes["suffix"].annotation if "suffix" in takes else None
    return places if suffixes is None else {**places, "suffix": next(iter(suffixes))}


def name_of_module(operation: str) -> str:
    """Name an operation as the generator does: "TopicEditionList" -> "topic_edition_list"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()


@pytest.mark.timeout(600)
def test_the_typescript_client_compiles_and_fetches_every_resource(service, described, tmp_path):
    place = ensure()
    types = tmp_path / "schema.d.ts"
    run(program("node"), "node_modules/openapi-typescript/bin/cli.js", str(SCHEMA), "-o", str(types), cwd=place)
    (tmp_path / "fetch_all.ts").write_text(script(described, service))
    (tmp_path / "node_modules").symlink_to(place / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    flags = [
        "--strict",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--moduleResolution",
        "nodenext",
        "--noEmitOnError",
    ]
    run(
        program("node"),
        str(place / "node_modules/typescript/bin/tsc"),
        *flags,
        "--lib",
        "es2022,dom",
        "fetch_all.ts",
        cwd=tmp_path,
    )
    fetched = json.loads(run(program("node"), "fetch_all.js", cwd=tmp_path))
    assert set(fetched) == set(operations(described))
    assert set(fetched.values()) == {200}


def script(described: dict, service: str) -> str:
    """Write a program that fetches every resource through the generated types."""
    calls = []
    for name, path in operations(described).items():
        suffixes = [
            one["schema"]["enum"] for one in described["paths"][path]["get"]["parameters"] if one["name"] == "suffix"
        ]
        places = {**of_path(path), **({"suffix": suffixes[0][0]} if suffixes else {})}
        query = {key: value.format(base=service) for key, value in NEEDED.get(name, {}).items()}
        params = {**({"path": places} if places else {}), **({"query": query} if query else {})}
        calls.append(
            f"  {{ const asked = {{ params: {json.dumps(params)}, parseAs: 'text' }} as const;\n"
            f"    const {{ data, response }} = await client.GET({json.dumps(path)}, asked);\n"
            f"    if (data === undefined) throw new Error({json.dumps(name)});\n"
            f"    fetched[{json.dumps(name)}] = response.status; }}"
        )
    head = 'import createClient from "openapi-fetch";\nimport type { paths } from "./schema.js";\n'
    fields = (
        'const some = await client.GET("/api/v1/claims/", { params: { query: { fields: ["id", "text"] } } });\n'
        'if (Object.keys(some.data!.results[0]).join() !== "id,text") throw new Error("fields");\n'
    )
    lists = (
        'const counts = await client.GET("/api/v1/claims/", { params: { query: {'
        ' stance: ["opposing", "neutral"], year: ["1990..1999", "2014.."], group_by: ["stance", "kind"] } } });\n'
        "const sum = counts.data!.groups!.reduce((all, group) => all + group.count, 0);\n"
        'if (sum === 0 || sum !== counts.data!.count) throw new Error("group_by");\n'
    )
    begin = f"const client = createClient<paths>({{ baseUrl: {json.dumps(service)} }});\n"
    return (
        f"{head}{begin}{fields}{lists}const fetched: Record<string, number> = {{}};\n"
        + "\n".join(calls)
        + "\nconsole.log(JSON.stringify(fetched));\n"
    )
