import pytest
from django.core.exceptions import ImproperlyConfigured
from redis import Redis

from debatekb import addresses, environment
from debatekb.running import outside
from debatekb.running.errors import StartError


@pytest.mark.parametrize(
    ("url", "host", "port", "name"),
    [
        ("postgres://u:p@db:5433/kb", "db", 5433, "kb"),
        ("postgresql://u:p@db/kb", "db", "", "kb"),
        ("postgres://u:p@%2Fvar%2Flib%2Fx%20y%2Frun/kb", "/var/lib/x y/run", "", "kb"),
    ],
)
def test_a_database_address_becomes_what_django_wants(url: str, host: str, port: object, name: str) -> None:
    config = addresses.database_config(url)
    assert (config["HOST"], config["PORT"], config["NAME"]) == (host, port, name)
    assert (config["USER"], config["PASSWORD"]) == ("u", "p")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://h/x",
        "postgres://",
        "postgres:///x",
        "postgres://h:0/x",
        "postgres://[::1/x",
        "postgres://h",
    ],
)
def test_a_malformed_database_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        addresses.database_config(url)


@pytest.mark.parametrize("url", ["", "nonsense", "http://h/0", "redis://", "redis://h:99999/0"])
def test_a_malformed_broker_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        addresses.redis_checked(url)


@pytest.mark.parametrize("template", ["", "https://library.example/", "library.example/?q={query}"])
def test_a_search_of_a_library_that_takes_no_words_is_refused(template: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="where the words go"):
        addresses.library_checked(template)
    assert addresses.library_checked("https://library.example/?q={query}") == "https://library.example/?q={query}"


@pytest.mark.parametrize(
    "origin",
    [
        "tool",
        "ftp://tool",
        "http://",
        "http://tool/",
        "http://tool/a",
        "http://a@tool",
        "http://tool:0",
        "http://tool?a",
    ],
)
def test_a_server_that_is_no_scheme_host_and_port_is_refused(origin: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_INSIDE"):
        addresses.origins_checked("WEBHOOK_INSIDE", ["http://tool.school.example", origin])


def test_servers_are_taken_as_they_are() -> None:
    origins = ["http://tool.school.example:8080", "https://[fd00::1]"]
    assert addresses.origins_checked("WEBHOOK_INSIDE", origins) == origins


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis+socket:///a%20b/v.sock?virtual_host=0", "unix:///a%20b/v.sock?db=1"),
        ("redis+socket:///v.sock", "unix:///v.sock?db=1"),
        ("redis://h", "redis://h/1"),
        ("rediss://:p@h:6380/4", "rediss://:p@h:6380/5"),
    ],
)
def test_the_cache_lies_beside_the_broker(broker: str, cache: str) -> None:
    assert addresses.redis_checked(broker) == broker
    assert addresses.cache_url(broker) == cache


def test_a_broker_address_with_a_name_for_a_number_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="'kb', which is no database number"):
        addresses.cache_url("redis://h/kb")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://u:p@ss@h/x", "postgres://u:***@h/x"),
        ("redis://:p@h/0", "redis://:***@h/0"),
        ("postgres://u@h/x", "postgres://u@h/x"),
        ("postgres://h/x", "postgres://h/x"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert addresses.without_password(url) == shown


@pytest.mark.parametrize("contact", ["", "mailto:editors@kb.example", "https://kb.example/contact/"])
def test_a_contact_is_taken_as_it_is(contact):
    assert addresses.contact_checked(contact) == contact


@pytest.mark.parametrize("contact", ["editors@kb.example", "javascript:alert(1)", " "])
def test_a_contact_that_leads_nowhere_is_refused_in_words(contact):
    with pytest.raises(ImproperlyConfigured, match="give mailto:"):
        addresses.contact_checked(contact)


STRANGE = "p \u00e4@:/%#$?&+'\"\\`=; "


@pytest.fixture
def no_secrets(monkeypatch):
    for name in ("POSTGRES_PASSWORD", "VALKEY_PASSWORD", "EMAIL_PASSWORD", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        for variable in (name, f"{name}_FILE"):
            monkeypatch.delenv(variable, raising=False)
    return monkeypatch


@pytest.mark.usefixtures("no_secrets")
def test_nothing_given_is_nothing():
    assert environment.secret("POSTGRES_PASSWORD") == environment.database_url() == environment.redis_url() == ""


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_secret_comes_whole_from_a_file(end, no_secrets, tmp_path):
    (tmp_path / "secret").write_text(STRANGE + end, encoding="utf-8")
    no_secrets.setenv("POSTGRES_PASSWORD", "")
    no_secrets.setenv("POSTGRES_PASSWORD_FILE", str(tmp_path / "secret"))
    no_secrets.setenv("DATABASE_URL", "postgres://debatekb_app@db:5433/debatekb")
    config = addresses.database_config(environment.database_url())
    assert [config[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "debatekb_app", STRANGE, "db", 5433, "debatekb",
    ]  # fmt: skip


def test_a_secret_of_the_broker_reaches_the_cache_too(no_secrets):
    no_secrets.setenv("VALKEY_PASSWORD", STRANGE)
    no_secrets.setenv("REDIS_URL", "redis://valkey:6379/0")
    for address, number in ((environment.redis_url(), 0), (addresses.cache_url(environment.redis_url()), 1)):
        given = Redis.from_url(address).connection_pool.connection_kwargs
        assert (given["password"], given["host"], given["db"]) == (STRANGE, "valkey", number)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "which cannot be read: No such file"), (b"\n", "which is empty"), (b"\xff", "it is no text in UTF-8")],
)
def test_a_file_without_a_secret_is_refused(content, reason, no_secrets, tmp_path):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    no_secrets.setenv("SECRET_KEY", "")
    no_secrets.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=f"SECRET_KEY_FILE names .*{reason}"):
        environment.secret("SECRET_KEY")


def test_a_secret_that_is_given_twice_is_refused(no_secrets, tmp_path):
    (tmp_path / "secret").write_text("x")
    no_secrets.setenv("POSTGRES_PASSWORD", "y")
    no_secrets.setenv("DATABASE_URL", "postgres://u:z@h/kb")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL holds a password and POSTGRES_PASSWORD is given too"):
        environment.database_url()
    no_secrets.setenv("POSTGRES_PASSWORD_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are both given"):
        environment.database_url()


def test_a_socket_of_valkey_takes_no_password():
    with pytest.raises(ImproperlyConfigured, match="names a socket, for which none is sent"):
        addresses.with_password("REDIS_URL", "redis+socket:///v.sock", "VALKEY_PASSWORD", "x")


def test_a_password_of_mail_goes_with_a_user_and_once(no_secrets):
    no_secrets.setenv("EMAIL_PASSWORD", STRANGE)
    no_secrets.setenv("EMAIL_URL", "smtp+tls://kb@mail.example:587")
    assert environment.email_config("")["EMAIL_HOST_PASSWORD"] == STRANGE
    no_secrets.setenv("EMAIL_URL", "smtp+tls://kb:x@mail.example:587")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL holds a password and EMAIL_PASSWORD is given too"):
        environment.email_config("")
    no_secrets.setenv("EMAIL_URL", "smtp://mail.example")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL names no user"):
        environment.email_config("")


def test_an_empty_file_is_no_password_of_mail(no_secrets, tmp_path):
    (tmp_path / "secret").touch()
    no_secrets.setenv("EMAIL_PASSWORD_FILE", str(tmp_path / "secret"))
    assert environment.email_config("smtp://mail.example:25")["EMAIL_HOST_PASSWORD"] is None


@pytest.mark.parametrize(
    ("url", "is_behind_tls", "reason"),
    [
        ("kb.example", False, r"SITE_URL \(kb.example\) is malformed; it should look like https://kb.example"),
        (
            "http://kb.example",
            True,
            r"BEHIND_TLS is true, but SITE_URL \(http://kb.example\) does not begin with https",
        ),
    ],
)
def test_an_address_of_the_site_that_leads_nowhere_is_refused(url, is_behind_tls, reason):
    with pytest.raises(ImproperlyConfigured, match=reason):
        addresses.site_checked(url, is_behind_tls=is_behind_tls)


def test_the_site_may_be_asked_for_by_its_own_name():
    assert addresses.site_checked("https://kb.example/", is_behind_tls=True) == "https://kb.example"
    assert addresses.hosts([], "https://kb.example:8443") == [*addresses.OWN_HOSTS, "kb.example"]
    assert addresses.hosts([], "http://[fd00::1]") == [*addresses.OWN_HOSTS, "[fd00::1]"]
    assert addresses.hosts(["a.example"], "https://kb.example") == ["a.example"]


@pytest.mark.parametrize(
    "url", ["postgres://debatekb_app@h/debatekb", "postgres://other:x@h/debatekb", "postgres://debatekb_app:x@h/other"]
)
def test_roles_are_made_for_the_address_that_the_owner_expects_alone(url):
    with pytest.raises(StartError, match="DATABASE_URL must be postgres://debatekb_app@host:5432/debatekb"):
        outside.prepare_roles(url, "x")


def test_mails_that_no_file_can_take_are_refused_at_the_start(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    (tmp_path / "file").touch()
    settings.EMAIL_FILE_PATH = str(tmp_path / "file/mail")
    with pytest.raises(StartError, match=r"no way for mails: .*/file/mail.*Set EMAIL_URL, such as"):
        outside.check_mail()
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    outside.check_mail()
    assert list((tmp_path / "mail").iterdir()) == []
