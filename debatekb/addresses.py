"""Addresses of PostgreSQL and Valkey: checked, converted for Django and Celery, shown without passwords."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}
REDIS_SCHEMES = {"redis", "rediss", "redis+socket"}
OWN_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def database_config(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's database dictionary for `url`; a socket folder is a percent-encoded host.

    Raises `ImproperlyConfigured` with one sentence when the address is not one of a PostgreSQL database.
    """
    parts = split(variable, url, DATABASE_SCHEMES, "postgres://user:password@host:5432/name")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{variable} ({without_password(url)}) names no database after the host.")
    config: dict[str, Any] = environ.Env.db_url_config(url)
    config["HOST"] = unquote(config["HOST"])
    return config


def database_options(seconds: float, *, is_pooled: bool = False) -> dict[str, Any]:
    """Return how Django connects so that it waits at most so long for an answer; 0 waits for ever.

    The server's own limits come first, so that a slow statement is ended there with an error that says so. A pooler
    that shares connections between transactions takes no such limits, and keeps no cursor between two of them.
    """
    options: dict[str, Any] = {"connect_timeout": 3}
    if seconds:
        options["answer_timeout"] = seconds + 0.5
    if seconds and not is_pooled:
        limits = {"statement_timeout": seconds, "lock_timeout": seconds, "idle_in_transaction_session_timeout": 60.0}
        options["options"] = " ".join(f"-c {name}={int(value * 1000)}" for name, value in limits.items())
    return {"OPTIONS": options, "DISABLE_SERVER_SIDE_CURSORS": is_pooled}


def redis_checked(url: str) -> str:
    """Return `url` unchanged; raises `ImproperlyConfigured` when it is not the address of a Valkey or Redis server."""
    split("REDIS_URL", url, REDIS_SCHEMES, "redis://host:6379/0")
    return url


def with_password(variable: str, url: str, name: str, password: str) -> str:
    """Return `url` with a password that the variable `name` gives apart, in whatever characters.

    Raises `ImproperlyConfigured` where the address is malformed, holds a password already, or has no place for one.
    """
    if not password:
        return url
    is_database = variable.startswith("DATABASE")
    schemes = DATABASE_SCHEMES if is_database else REDIS_SCHEMES
    parts = split(variable, url, schemes, "postgres://user@host:5432/name" if is_database else "redis://host:6379/0")
    user, _, host = parts.netloc.rpartition("@")
    if ":" in user:
        raise ImproperlyConfigured(f"{variable} holds a password and {name} is given too; keep one of them.")
    if not host:
        raise ImproperlyConfigured(f"{name} is given, but {variable} ({url}) names a socket, for which none is sent.")
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()


def site_checked(url: str, *, is_behind_tls: bool) -> str:
    """Return the site's address without its last slash; raises `ImproperlyConfigured` where readers cannot use it."""
    if not url:
        return url
    parts = split("SITE_URL", url, {"http", "https"}, "https://kb.example")
    if is_behind_tls and parts.scheme != "https":
        raise ImproperlyConfigured(f"BEHIND_TLS is true, but SITE_URL ({url}) does not begin with https://.")
    return url.rstrip("/")


def hosts(given: list[str], site_url: str) -> list[str]:
    """Return the host names of ALLOWED_HOSTS; where none are given, this machine's and that of the site's address."""
    name = urlsplit(site_url).hostname or ""
    return given or [*OWN_HOSTS, f"[{name}]" if ":" in name else name]


def contact_checked(address: str) -> str:
    """Return `address` unchanged; raises `ImproperlyConfigured` when a link to it would not lead to people."""
    if address and not address.startswith(("mailto:", "https://", "http://")):
        raise ImproperlyConfigured(
            f"CONTACT is {address!r}; give mailto: with an e-mail address, the https:// address of a page, or nothing."
        )
    return address


def library_checked(template: str) -> str:
    """Return `template` unchanged; raises `ImproperlyConfigured` where no search could be made of it."""
    if not template.startswith(("https://", "http://")) or "{query}" not in template:
        raise ImproperlyConfigured(
            f"LIBRARY_SEARCH_URL is {template!r}; give an https:// address with {{query}} where the words go."
        )
    return template


def purge_checked(address: str) -> str:
    """Return `address` unchanged; raises `ImproperlyConfigured` where nobody could be asked there."""
    if address and not address.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"PURGE_URL is {address!r}; give the http(s):// address that purges, or nothing.")
    return address


def origins_checked(variable: str, origins: list[str]) -> list[str]:
    """Return `origins` unchanged; raises `ImproperlyConfigured` where one is no scheme, host and port alone."""
    for origin in origins:
        parts = split(variable, origin, {"http", "https"}, "http://tool.school.example:8080")
        if origin != f"{parts.scheme}://{parts.netloc}" or "@" in origin:
            raise ImproperlyConfigured(
                f"{variable} names {origin!r}; give scheme, host and port alone, without a path."
            )
    return origins


def cache_url(redis_url: str) -> str:
    """Return the address of the cache beside the broker: the next database, so that clearing it loses no message."""
    return valkey_url(redis_url, further=1)


def valkey_url(redis_url: str, *, further: int = 0) -> str:
    """Return Celery's address of a broker in the form of Valkey's own clients, or so many databases `further`."""
    parts = urlsplit(redis_url)
    if parts.scheme == "redis+socket":
        number = int(dict(parse_qsl(parts.query)).get("virtual_host", "0")) + further
        return f"unix://{parts.path}?{urlencode({'db': number})}"
    path = parts.path.strip("/")
    if not path.isdigit() and path:
        raise ImproperlyConfigured(f"REDIS_URL ends in {path!r}, which is no database number.")
    return parts._replace(path=f"/{int(path or 0) + further}").geturl()


def without_password(url: str) -> str:
    """Return `url` fit for a message: a password in it becomes `***`."""
    before, at, after = url.rpartition("@")
    if not at:
        return url
    scheme, _, account = before.rpartition("//")
    user, colon, _ = account.partition(":")
    return f"{scheme}//{user}{':***' if colon else ''}@{after}"


def split(variable: str, url: str, schemes: set[str], example: str) -> SplitResult:
    """Split `url`; raises `ImproperlyConfigured` naming `variable` and an `example` when it is malformed."""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in schemes and (parts.port is None or parts.port > 0)
        is_sound = is_sound and bool(parts.hostname or parts.scheme == "redis+socket")
    except ValueError:
        is_sound = False
    if not is_sound:
        raise ImproperlyConfigured(f"{variable} ({without_password(url)}) is malformed; it should look like {example}.")
    return parts
