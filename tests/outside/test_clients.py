"""The clients of `clients/`, generated, installed and used as their READMEs say: they fetch every resource."""

import importlib
import inspect
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import httpx
import pytest

from clients.generate import HERE, generate
from tests.node.install import ensure, program
from tests.outside.places import of_path

pytestmark = pytest.mark.timeout(600)
NEEDED = {"Search": {"q": "peace"}, "Oembed": {"url": "{base}/topics/minsk-ii/"}}
"""Parameters without which a resource has no answer, by operation."""
NEEDED |= {f"{name}InFormat": query for name, query in NEEDED.items()}
EXAMPLE = "http://127.0.0.1:8000"


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False, **more
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def operations(described: dict) -> dict[str, str]:
    """Map the names of the operations to their paths."""
    return {item["get"]["operationId"]: path for path, item in described["paths"].items()}


def readme(client: str, language: str, service: str) -> str:
    """Give all code of a README as one program against the running system."""
    text = (HERE / client / "README.md").read_text(encoding="utf-8")
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)).replace(EXAMPLE, service)


def claims(service: str) -> list[str]:
    """Give the lines that both READMEs print first."""
    asked = {"q": "ceasefire", "limit": "200"}
    found = httpx.get(f"{service}/api/v1/claims/", params=asked).json()["results"]
    return [f"{one['id']} {one['text']}" for one in found]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Both clients, generated."""
    place = tmp_path_factory.mktemp("clients")
    generate(place)
    return place


@pytest.fixture(scope="module")
def site(made) -> Path:
    """A folder into which the Python client is installed from its own."""
    uv = Path(sys.executable).with_name("uv")
    words = ("--offline", "--no-deps", "--quiet", "--python", sys.executable)
    run(uv, "pip", "install", *words, "--target", made / "site", made / "python", cwd=made)
    return made / "site"


@pytest.fixture
def kb(site, monkeypatch):
    """The Python client."""
    monkeypatch.syspath_prepend(str(site))
    return importlib.import_module("debatekb_client")


@pytest.fixture(scope="module")
def project(made) -> Path:
    """A project of Node into which the TypeScript client is unpacked, as npm packs it."""
    folder = made / "project"
    modules = folder / "node_modules"
    modules.mkdir(parents=True)
    (folder / "package.json").write_text('{"type": "module"}')
    words = ("pack", "--silent", "--offline", "--pack-destination", made)
    packed = run(program("npm"), *words, cwd=made / "typescript").split()
    with tarfile.open(made / packed[-1]) as archive:
        archive.extractall(modules, filter="data")
    (modules / "package").rename(modules / "debatekb-client")
    for name in ("openapi-fetch", "openapi-typescript-helpers"):
        (modules / name).symlink_to(ensure() / "node_modules" / name)
    return folder


def test_the_readme_of_the_python_client_does_what_it_says(service, site):
    said = run(sys.executable, "-W", "error", "-c", readme("python", "python", service), cwd=site).splitlines()
    expected = claims(service)
    assert said[: len(expected)] == expected
    assert re.fullmatch(r".+ edition \d+", said[-3])
    assert said[-2].startswith("not_found There is no ")
    assert said[-1] == "unchanged"


def test_the_python_client_follows_pages_and_keeps_to_fields(service, kb):
    client = kb.Client(base_url=service)
    claim_list = importlib.import_module("debatekb_client.rest.api.claims.claim_list")
    with client:
        whole = kb.read(claim_list, client=client, limit=200).results
        paged = list(kb.records(claim_list, client=client, limit=7))
        some = kb.read(claim_list, client=client, fields=["id", "text"], limit=2).results
        with pytest.raises(kb.RefusedError, match="404 invalid_cursor: ") as refusal:
            list(kb.records(claim_list, client=client, cursor="nowhere"))
    assert len(whole) > 7
    assert paged == whole
    assert [row.to_dict() for row in some] == [{"id": row.id, "text": row.text} for row in whole[:2]]
    assert refusal.value.problem.parameter == "cursor"


def test_the_python_client_sends_lists_and_spans(service, kb):
    client = kb.Client(base_url=service)
    claim_list = importlib.import_module("debatekb_client.rest.api.claims.claim_list")
    chosen = ["opposing", "neutral"]
    with client:
        page = kb.read(claim_list, client=client, stance=chosen, year=["1990..1999", "2014.."], count=True, limit=3)
        counts = kb.read(claim_list, client=client, stance=chosen, group_by=["stance", "kind"])
    assert {row.stance for row in page.results} <= {"opposing", "neutral"}
    assert page.count >= len(page.results) > 0
    assert {group.stance for group in counts.groups} == {"opposing", "neutral"}
    assert sum(group.count for group in counts.groups) == counts.count


def test_the_python_client_fetches_every_resource(service, described, site, kb):
    client = kb.Client(base_url=service, raise_on_unexpected_status=True)
    modules = {
        path.stem: importlib.import_module(".".join(path.relative_to(site).with_suffix("").parts))
        for path in (site / "debatekb_client/rest/api").glob("*/[a-z]*.py")
    }
    assert len(modules) == len(operations(described))
    with client:
        for name, path in operations(described).items():
            module = modules[name_of_module(name)]
            takes = inspect.signature(module.sync_detailed).parameters
            needed = {
                key if key in takes else f"{key}_query": value.format(base=service)
                for key, value in NEEDED.get(name, {}).items()
            }
            places = {**of_path(path), **({"suffix": suffixes(described, path)[0]} if "suffix" in takes else {})}
            answer = module.sync_detailed(client=client, **places, **needed)
            assert answer.status_code == 200, (name, answer)
            assert answer.parsed is not None, name


def suffixes(described: dict, path: str) -> list[str]:
    """List the suffixes that an address can end in."""
    parameters = described["paths"][path]["get"]["parameters"]
    return [value for one in parameters if one["name"] == "suffix" for value in one["schema"]["enum"]]


def name_of_module(operation: str) -> str:
    """Name an operation as the generator does: "TopicEditionList" -> "topic_edition_list"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()


def run_typescript(project: Path, name: str, text: str) -> str:
    """Compile a program strictly, and run it."""
    (project / f"{name}.ts").write_text(text, encoding="utf-8")
    flags = ["--strict", "--noEmitOnError", "--target", "es2022", "--lib", "es2022,dom"]
    flags += ["--module", "nodenext", "--moduleResolution", "nodenext"]
    run(program("node"), ensure() / "node_modules/typescript/bin/tsc", *flags, f"{name}.ts", cwd=project)
    return run(program("node"), f"{name}.js", cwd=project)


def test_the_readme_of_the_typescript_client_does_what_it_says(service, project):
    said = run_typescript(project, "readme", readme("typescript", "ts", service)).splitlines()
    expected = claims(service)
    assert said[: len(expected)] == expected
    assert re.fullmatch(r".+ edition \d+", said[len(expected)])
    assert said[len(expected) + 1].startswith("not_found There is no ")
    assert said[-1] == "304"


def test_the_typescript_client_follows_pages_and_tells_errors(service, project):
    program = f"""
      import {{ connect, records, RefusedError }} from "debatekb-client";
      const client = connect({json.dumps(service)});
      const whole = await client.GET("/api/v1/claims/", {{ params: {{ query: {{ limit: 200 }} }} }});
      const some = await client.GET("/api/v1/claims/", {{ params: {{ query: {{ fields: ["id", "text"] }} }} }});
      const paged: unknown[] = [];
      for await (const claim of records(client, "/api/v1/claims/", {{ query: {{ limit: 7 }} }})) paged.push(claim.id);
      const editions: unknown[] = [];
      const of = {{ path: {{ slug: "minsk-ii" }} }};
      for await (const one of records(client, "/api/v1/topics/{{slug}}/editions/", of)) editions.push(one.edition);
      let code = "";
      try {{
        for await (const _ of records(client, "/api/v1/claims/", {{ query: {{ cursor: "nowhere" }} }})) break;
      }} catch (error) {{
        if (error instanceof RefusedError) code = error.problem.code;
      }}
      const stance: ("opposing" | "neutral")[] = ["opposing", "neutral"];
      const query = {{ stance, year: ["1990..1999", "2014.."], group_by: ["stance" as const, "kind" as const] }};
      const counts = await client.GET("/api/v1/claims/", {{ params: {{ query }} }});
      const sum = counts.data!.groups!.reduce((all, group) => all + group.count, 0);
      const counted = [sum, counts.data!.count];
      const ids = whole.data?.results.map((one) => one.id);
      console.log(JSON.stringify({{ ids, paged, editions, code, counted, some: some.data?.results[0] }}));
    """
    told = json.loads(run_typescript(project, "pages", program))
    assert len(told["ids"]) > 7
    assert told["paged"] == told["ids"]
    assert told["counted"][0] == told["counted"][1] > 0
    assert (told["editions"][-1], told["code"], set(told["some"])) == (1, "invalid_cursor", {"id", "text"})


def test_the_typescript_client_fetches_every_resource(service, described, project):
    calls = []
    for name, path in operations(described).items():
        found = suffixes(described, path)
        places = {**of_path(path), **({"suffix": found[0]} if found else {})}
        query = {key: value.format(base=service) for key, value in NEEDED.get(name, {}).items()}
        params = {**({"path": places} if places else {}), **({"query": query} if query else {})}
        calls.append(
            f"  {{ const asked = {{ params: {json.dumps(params)}, parseAs: 'text' }} as const;\n"
            f"    const {{ data, response }} = await client.GET({json.dumps(path)}, asked);\n"
            f"    if (data === undefined) throw new Error({json.dumps(name)});\n"
            f"    fetched[{json.dumps(name)}] = response.status; }}"
        )
    head = f'import {{ connect }} from "debatekb-client";\nconst client = connect({json.dumps(service)});\n'
    body = "const fetched: Record<string, number> = {};\n" + "\n".join(calls)
    fetched = json.loads(run_typescript(project, "all", f"{head}{body}\nconsole.log(JSON.stringify(fetched));\n"))
    assert set(fetched) == set(operations(described))
    assert set(fetched.values()) == {200}
