import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from debatekb import embedded


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as `var`, without addresses given."""
    monkeypatch.setenv("DEBATEKB_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def test_the_folder_is_beside_the_code_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBATEKB_VAR")
    assert embedded.var_dir() == Path(embedded.__file__).parents[1] / "var"


def test_addresses_before_the_first_start_are_the_usual_ones(var: Path) -> None:
    assert embedded.database_url().startswith("postgres://debatekb_app@%2F")
    assert embedded.redis_url() == f"redis+socket://{var}/engines/run/valkey.sock?virtual_host=0"


def test_addresses_follow_the_place_and_the_password(var: Path) -> None:
    place = embedded.Place("00", var / "data", Path("/s o"))
    embedded.remember_place(var, place)
    place.data.mkdir()
    place.application_password_file.write_text("word")
    assert embedded.place_of(var) == place
    # pragma: allowlist nextline secret - made up
    assert embedded.database_url() == "postgres://debatekb_app:word@%2Fs%20o/debatekb"
    assert embedded.redis_url() == "redis+socket:///s%20o/valkey.sock?virtual_host=0"


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x00", '{"instance": 1}'])
def test_a_broken_record_of_the_place_is_as_none(var: Path, text: str) -> None:
    (var / "place.json").write_text(text)
    assert embedded.place_of(var).instance == ""


def test_the_key_is_made_once_and_private(var: Path) -> None:
    key = embedded.secret_key()
    assert len(key) > 50
    assert embedded.secret_key() == key
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secret-key"]


def test_the_key_lasts_one_process_where_nothing_can_be_written(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (var / "file").touch()
    monkeypatch.setenv("DEBATEKB_VAR", str(var / "file" / "below"))
    assert embedded.secret_key() != embedded.secret_key()


def test_a_given_database_wants_a_given_key(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://h/x")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be given"):
        embedded.secret_key()


def test_a_private_file_that_exists_stays_when_asked(var: Path) -> None:
    embedded.write_private(var / "x", "first")
    embedded.write_private(var / "x", "second", replace=False)
    assert (var / "x").read_text() == "first"
    embedded.write_private(var / "x", "third")
    assert (var / "x").read_text() == "third"
