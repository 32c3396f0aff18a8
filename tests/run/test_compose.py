"""docker-compose.yml holds the shape of production; its commands run here as they stand, on the tests' engines."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings
from django.db import connection

from debatekb.running.processes import Children, Running, Service
from tests import content, factories
from tests.run.system import ROOT, free_port

DATABASE = f"compose_{os.getpid()}"
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as data."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return found


def test_the_file_keeps_to_the_specification() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_service_is_pinned_watched_and_without_root(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "valkey", "migrate", "web", "worker", "beat"}
    for name, service in compose["services"].items():
        assert ":" in service["image"], name
        assert not service["image"].endswith(":latest"), name
        assert "healthcheck" in service or name == "migrate", name
        assert "user" in service or service["image"].startswith("debatekb:"), name
        assert not service.get("privileged"), name
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[-1]
    assert "\nUSER debatekb\n" in last


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of production, pointing at a database of our own and at the Valkey of the tests."""
    config = connection.settings_dict
    address = {"host": config["HOST"], "user": config["USER"], "password": config["PASSWORD"], "dbname": "postgres"}
    address |= {"port": config["PORT"]} if config["PORT"] else {}
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASE}")
        given = settings.DATABASE_URL.rpartition("/")[0]
        yield {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "DATABASE_URL": f"{given}/{DATABASE}",
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": "given",
            "DEBATEKB_VAR": str(tmp_path),
            "PACKS_DIR": str(factories.write_packs(tmp_path / "packs", content.few_files())),
            "PYTHONUNBUFFERED": "1",
        }
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def is_healthy(test: list[str], environment: dict[str, str]) -> bool:
    """Run a health check as the engine would."""
    words = ["/bin/sh", "-c", test[1].replace("$$", "$")] if test[0] == "CMD-SHELL" else test[1:]
    return (
        subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60).returncode == 0
    )


@pytest.mark.timeout(600)
def test_each_command_runs_until_healthy(compose: dict[str, Any], environment: dict[str, str], tmp_path: Path) -> None:
    services = compose["services"]
    (tmp_path / "beat").mkdir()
    done = subprocess.run(
        services["migrate"]["command"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    port = str(free_port())
    environment |= {"PORT": port, "HOST": "127.0.0.1"}
    children = Children(tmp_path)
    try:
        for name in ("web", "worker", "beat"):
            children.start(as_service(name, services[name], environment, tmp_path))
        for running in list(children.running.values()):
            children.wait_ready(running)
        time.sleep(1)
        assert all(running.process.poll() is None for running in children.running.values())
    finally:
        children.stop_all()


def as_service(name: str, given: dict[str, Any], environment: dict[str, str], folder: Path) -> Service:
    """Return the service of the file, its health check as the sign that it serves."""
    command = given["command"]
    program = shutil.which(command[0], path=environment["PATH"])
    assert program is not None, name

    def is_ready(running: Running) -> bool:
        time.sleep(0.5)
        return is_healthy(given["healthcheck"]["test"], environment)

    return Service(
        name=name,
        command=(program, *command[1:]),
        log=folder / f"{name}.log",
        is_ready=is_ready,
        cwd=ROOT,
        env=environment,
        patience=PATIENCE_SECONDS,
    )
