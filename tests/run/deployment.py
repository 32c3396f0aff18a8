"""The services of docker-compose.yml as processes of this machine, each with its command, environment and secrets.

`docker compose config` itself reads the files. What a container has of its own is put in place here: names of hosts
become ports of this machine, /run/secrets and /srv/debatekb/var become folders.
"""

import http.client
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import redis

from debatekb.running import engines, home
from debatekb.running.processes import Children, Running, Service
from tests import content, factories
from tests.run.system import ROOT, free_port

STRANGE = """p \u00e4@:/%#$?&+'"\\`=;~ """
"""What a password may hold; the blank at its end is part of it."""
NAMES = ("secret_key", "postgres_owner_password", "postgres_password", "valkey_password", "email_password")
SECRETS = {name: f"{name} {STRANGE}" for name in NAMES}
GIVEN = {
    "SITE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "smtp+tls://kb@mail.example:587",
    "MAIL_FROM": "Debate KB <kb@school.example>",
}
PATIENCE_SECONDS = 90
PROGRAMS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def compose(project: Path, *overlays: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Have compose read docker-compose.yml and overlays with these variables alone."""
    program = shutil.which("docker-compose", path=PROGRAMS)
    assert program, "docker-compose of requirements/dev.txt is missing"
    files = [word for name in ("docker-compose.yml", *overlays) for word in ("--file", str(ROOT / name))]
    return subprocess.run(
        [program, "--project-directory", str(project), *files, "config", "--format", "json"],
        env={"PATH": PROGRAMS, "HOME": str(project), **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def services(project: Path, *overlays: str, **variables: str) -> dict[str, Any]:
    """Return the services as compose would run them."""
    done = compose(project, *overlays, **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    return found


class Deployment:
    """Engines, web containers, worker, beat and proxy in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = home.settle(folder / "engines")
        self.children = Children(folder)
        self.ports: dict[str, int] = {}
        for name in ("secrets", "var/beat", "var/backups"):
            (folder / name).mkdir(parents=True)
        for name, text in SECRETS.items():
            (folder / "secrets" / name).write_text(f"{text}\n", encoding="utf-8")
        self.packs = factories.write_packs(folder / "packs", content.few_files())
        self.services = services(folder, **GIVEN)

    def here(self, text: str) -> str:
        """Return a piece of the file as it must be on this machine."""
        for there, found in {
            "$$": "$",
            "/run/secrets": str(self.folder / "secrets"),
            "/srv/debatekb/var": str(self.folder / "var"),
            "@postgres:5432": f"@127.0.0.1:{self.port('postgres')}",
            "//valkey:6379": f"//127.0.0.1:{self.port('valkey')}",
        }.items():
            text = text.replace(there, found)
        return text

    def environment(self, service: dict[str, Any], **more: str) -> dict[str, str]:
        """Return the environment of a service, and what a container's image brings."""
        bins = [Path(sys.executable).parent, self.home.postgres_bin, self.home.valkey.parent]
        image = {
            "PATH": os.pathsep.join([*map(str, bins), PROGRAMS]),
            "HOME": "/nonexistent",
            "PYTHONUNBUFFERED": "1",
            "PACKS_DIR": str(self.packs),
            "XDG_DATA_HOME": str(self.folder / "proxy"),
        }
        given = {name: self.here(value) for name, value in (service.get("environment") or {}).items()}
        return {**image, **given, **more}

    def start(self, name: str, service: dict[str, Any], *words: str, **more: Any) -> Running:
        """Start a service with further words, wait until it is healthy; `env` replaces variables."""
        environment = self.environment(service, **more.pop("env", {}))
        command = [self.here(word) for word in service["command"]]
        program = shutil.which(command[0], path=environment["PATH"])
        assert program is not None, name
        checked: Callable[[Running], bool] = more.pop("is_ready", None) or self.health(service, environment)
        more = {"cwd": ROOT, "env": environment, "patience": PATIENCE_SECONDS, **more}
        log = self.folder / f"{name}.log"
        asked = Service(name=name, command=(program, *command[1:], *words), log=log, is_ready=checked, **more)
        running = self.children.start(asked)
        self.children.wait_ready(running)
        return running

    def health(self, service: dict[str, Any], environment: dict[str, str]) -> Callable[[Running], bool]:
        """Return the health check of a service, run as the engine would."""
        kind, *words = [self.here(word) for word in service["healthcheck"]["test"]]
        command = ["/bin/sh", "-c", words[0]] if kind == "CMD-SHELL" else words

        def is_healthy(_: Running) -> bool:
            time.sleep(0.5)
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60)
            return done.returncode == 0

        return is_healthy

    def run(self, service: dict[str, Any], *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run words, or else a service's command, in its environment, to the end."""
        command = list(words) or [self.here(word) for word in service["command"]]
        environment = self.environment(service, **more)
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def start_postgres(self) -> None:
        """Make a cluster as the image does at its first start, and start it."""
        service, owner = self.services["postgres"], self.home.place.data / "owner-password"
        owner.write_text(SECRETS["postgres_owner_password"], encoding="utf-8")
        engines.own(owner, self.home)
        given = service["environment"]
        account = self.home.account.options() if self.home.account else {}
        words = [*shlex.split(given["POSTGRES_INITDB_ARGS"]), f"--username={given['POSTGRES_USER']}", "--no-sync"]
        words += [f"--pgdata={engines.cluster(self.home)}", f"--pwfile={owner}", "--auth=scram-sha-256"]
        plain = engines.plain_environment(self.home)
        subprocess.run(
            [self.home.postgres_bin / "initdb", *words],
            env=plain, cwd=self.home.place.data, capture_output=True, check=True, **account,
        )  # fmt: skip
        where = {"listen_addresses": "127.0.0.1", "port": self.port("postgres"), "unix_socket_directories": ""}
        settings = [word for name, value in where.items() for word in ("-c", f"{name}={value}")]
        health_environment = plain | {"PGHOST": "127.0.0.1", "PGPORT": str(self.port("postgres"))}
        health_environment["PATH"] = f"{self.home.postgres_bin}:/usr/bin:/bin"
        self.start(
            "postgres",
            service,
            *("-D", str(engines.cluster(self.home)), *settings),
            is_ready=self.health(service, health_environment),
            account=self.home.account,
            cwd=self.home.place.data,
            env={"HOME": str(self.home.place.data), "LC_ALL": "C"},
        )
        with self.database("debatekb", SECRETS["postgres_owner_password"], "postgres") as server:
            server.execute("CREATE DATABASE debatekb")

    def start_valkey(self) -> None:
        """Start Valkey in a folder of its own; the script ends in the command of the server."""
        service = self.services["valkey"]
        shell, option, script = service["command"]
        script += f" --bind 127.0.0.1 --port {self.port('valkey')}"
        self.start(
            "valkey",
            {**service, "command": [shell, option, script]},
            is_ready=lambda _: self.valkey_answers(SECRETS["valkey_password"]),
            cwd=self.folder / "var",
        )

    def start_web(self, name: str, service: dict[str, Any]) -> None:
        """Start a web process at a port of its own."""
        self.start(name, service, env={"HOST": "127.0.0.1", "PORT": str(self.port(name))})

    def start_proxy(self, name: str, webs: tuple[str, ...], given: dict[str, str]) -> None:
        """Start Caddy with our Caddyfile before web processes.

        One stands for the name that Docker's name server resolves; two are named, since here they share no port.
        """
        text = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
        text = text.replace("{\n\tadmin off", f"{{\n\tadmin off\n\thttp_port {self.port(name)}", 1)
        if len(webs) == 1:
            text = text.replace("name web", "name localhost").replace("port 8000", f"port {self.port(webs[0])}")
        else:
            head, _, rest = text.partition("\t\tdynamic a {")
            text = f"{head}\t\tto {' '.join(f'127.0.0.1:{self.port(web)}' for web in webs)}{rest.partition('}')[2]}"
        health = self.port(f"{name} health")
        file = self.folder / f"{name}.Caddyfile"
        file.write_text(text.replace("127.0.0.1:2020", f"127.0.0.1:{health}"), encoding="utf-8")
        command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
        service = {**self.services["proxy"], "command": command}
        self.start(name, service, env=given, is_ready=lambda _: is_ok(health))

    def port(self, name: str) -> int:
        """Return the port of this machine that stands for a container's."""
        return self.ports.setdefault(name, free_port())

    def start_all(self) -> None:
        """Start everything in the order that the file asks for."""
        self.start_postgres()
        self.start_valkey()
        done = self.run(self.services["migrate"])
        assert done.returncode == 0, done.stdout + done.stderr
        # The image has them from its build.
        assert self.run(self.services["migrate"], "python", "manage.py", "collectstatic", "--noinput").returncode == 0
        for name in ("web", "second"):
            self.start_web(name, self.services["web"])
        for name in ("worker", "beat"):
            self.start(name, self.services[name])
        self.start_proxy("proxy", ("web", "second"), {"PROXY_ADDRESS": f"http://:{self.port('proxy')}"})

    def database(self, user: str, password: str, name: str = "debatekb") -> psycopg.Connection[tuple[Any, ...]]:
        """Open a database."""
        place = {"host": "127.0.0.1", "port": self.port("postgres"), "dbname": name}
        return psycopg.connect(**place, user=user, password=password, autocommit=True)

    def cache(self) -> redis.Redis:
        """Return a client of the cache, which lies in the database beside the broker."""
        return redis.Redis(port=self.port("valkey"), password=SECRETS["valkey_password"], db=1)

    def settings(self, name: str, *wanted: str) -> list[Any]:
        """Return what settings hold in a service."""
        code = "import json; from django.conf import settings; "
        code += f"print(json.dumps([getattr(settings, name) for name in {wanted}]))"
        done = self.run(self.services[name], "python", "manage.py", "shell", "-v0", "-c", code)
        found: list[Any] = json.loads(done.stdout)
        return found

    def valkey_answers(self, password: str | None) -> bool:
        """Return whether Valkey serves whoever has this password."""
        try:
            with redis.Redis(port=self.port("valkey"), password=password) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class Answer:
    """An answer read whole."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode("utf-8", "replace")


def get(port: int, path: str, *, body: str | None = None, **headers: str) -> Answer:
    """Ask this machine at a port, by POST where there is a body. Raises OSError."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("POST" if body else "GET", path, body, named)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def is_ok(port: int) -> bool:
    """Return whether the first page at a port answers 200."""
    try:
        return get(port, "/").status == http.client.OK
    except OSError:
        return False
