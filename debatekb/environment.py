"""What stands in the environment or in files that it names: passwords, and the addresses and mail that they open.

A password is given apart from its address, so that it may hold any character; best in a file (`secrets:` of compose,
credentials of systemd), which `docker inspect` and child processes do not show.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from debatekb import addresses

CHECK_KINDS = frozenset({"quotation", "link", "retraction", "metadata", "snapshot"})
"""What a machine can check: the codes of `perspectives.vocab.CheckKind`, which settings cannot import."""


def secret(name: str, *, may_be_empty: bool = False) -> str:
    """Return the variable `name`, else the text of the file that `name`_FILE names; "" where neither is given.

    Newlines at the end of the file, which editors put there, do not count; blanks do. Raises `ImproperlyConfigured`
    where both are given, and where the file cannot be read or holds nothing.
    """
    given, file = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if not file:
        return given
    if given:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both given; keep one of them.")
    try:
        text = Path(file).read_text(encoding="utf-8").rstrip("\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {reason}.") from error
    if not text and not may_be_empty:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which is empty; write the secret into it.")
    return text


def database_url() -> str:
    """Return DATABASE_URL, with POSTGRES_PASSWORD in it; "" where none is given. Raises `ImproperlyConfigured`."""
    url = os.environ.get("DATABASE_URL", "")
    return addresses.with_password("DATABASE_URL", url, "POSTGRES_PASSWORD", secret("POSTGRES_PASSWORD")) if url else ""


def redis_url() -> str:
    """Return REDIS_URL, with VALKEY_PASSWORD in it; "" where none is given. Raises `ImproperlyConfigured`."""
    url = os.environ.get("REDIS_URL", "")
    return addresses.with_password("REDIS_URL", url, "VALKEY_PASSWORD", secret("VALKEY_PASSWORD")) if url else ""


def checks_checked(kinds: list[str]) -> frozenset[str]:
    """Return the kinds of checks that are made over the network.

    Raises `ImproperlyConfigured` where one is none of `CHECK_KINDS`.
    """
    if unknown := sorted(set(kinds) - CHECK_KINDS):
        raise ImproperlyConfigured(
            f"EVIDENCE_CHECKS has {', '.join(unknown)}; give some of {', '.join(sorted(CHECK_KINDS))}, or nothing."
        )
    return frozenset(kinds)


def email_config(default: str) -> dict[str, Any]:
    """Return Django's settings of mail for EMAIL_URL or `default`, with EMAIL_PASSWORD.

    Raises `ImproperlyConfigured` where the address is malformed, or the password one too many or nobody's.
    """
    config: dict[str, Any] = environ.Env.email_url_config(os.environ.get("EMAIL_URL") or default)
    password = secret("EMAIL_PASSWORD", may_be_empty=True)
    if password and not config["EMAIL_HOST_USER"]:
        raise ImproperlyConfigured(
            "EMAIL_PASSWORD is given, but EMAIL_URL names no user, as in smtp+tls://user@host:587."
        )
    if password and config["EMAIL_HOST_PASSWORD"]:
        raise ImproperlyConfigured("EMAIL_URL holds a password and EMAIL_PASSWORD is given too; keep one of them.")
    return config | ({"EMAIL_HOST_PASSWORD": password} if password else {})
