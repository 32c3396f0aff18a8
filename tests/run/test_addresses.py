import pytest
from django.core.exceptions import ImproperlyConfigured

from debatekb import addresses


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
