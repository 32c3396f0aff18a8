"""What somebody else runs: before anything starts, see that the given addresses answer and mails have a way."""

from urllib.parse import unquote, urlsplit

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from debatekb.addresses import cache_url, database_config, redis_checked, without_password
from debatekb.embedded import APPLICATION, NAME
from debatekb.running import roles
from debatekb.running.errors import StartError

SECONDS = 5


def check_database(url: str) -> None:
    """Connect once; raises `StartError` with the server's own reason when that fails."""
    shown = without_password(url)
    try:
        config = database_config(url)
        psycopg.connect(
            host=config["HOST"] or None,
            port=config["PORT"] or None,
            user=config["USER"] or None,
            password=config["PASSWORD"] or None,
            dbname=config["NAME"],
            connect_timeout=SECONDS,
        ).close()
    except ImproperlyConfigured as error:
        raise StartError(str(error)) from error
    except psycopg.Error as error:
        said = " ".join(str(error).split("\n")[0].split())
        raise StartError(f"The database of DATABASE_URL ({shown}) cannot be used: {said}") from error


def prepare_roles(url: str, owner_password: str) -> None:
    """Make the application's role and database on a server whose owner is the role `debatekb`, as the embedded one.

    Raises `StartError` where the address names another role or no password, or the server refuses.
    """
    config = database_config(url)
    if (config["USER"], config["NAME"]) != (APPLICATION, NAME) or not config["PASSWORD"]:
        raise StartError(
            f"With POSTGRES_OWNER_PASSWORD given, DATABASE_URL must be postgres://{APPLICATION}@host:5432/{NAME}, and "
            "POSTGRES_PASSWORD the password of that role."
        )

    def connect(name: str) -> roles.Server:
        place = {"host": config["HOST"], "port": config["PORT"] or None, "dbname": name}
        return psycopg.connect(**place, user=NAME, password=owner_password, connect_timeout=SECONDS, autocommit=True)

    try:
        roles.prepare(connect, config["PASSWORD"])
    except psycopg.Error as error:
        said = " ".join(str(error).split("\n")[0].split())
        raise StartError(f"The role {APPLICATION} could not be made as the owner {NAME}: {said}") from error


def check_mail() -> None:
    """See that mails which go to files have a folder to go to; raises `StartError` that says what to set."""
    try:
        get_connection()
    except ImproperlyConfigured as error:
        raise StartError(
            f"Nobody could sign up, since there is no way for mails: {error}. Set EMAIL_URL, such as "
            "smtp+tls://user@mail.example:587, and EMAIL_PASSWORD."
        ) from error


def check_redis(url: str) -> None:
    """Ping once; raises `StartError` when nothing answers there."""
    shown = without_password(url)
    try:
        with from_url(url) as client:
            client.ping()
    except ImproperlyConfigured as error:
        raise StartError(str(error)) from error
    except (redis.RedisError, OSError) as error:
        raise StartError(f"The server of REDIS_URL ({shown}) cannot be used: {error}") from error


def from_url(url: str) -> redis.Redis:
    """Return a client for a broker address, be it a host or a socket."""
    parts = urlsplit(redis_checked(url))
    if parts.scheme == "redis+socket":
        return redis.Redis(unix_socket_path=unquote(parts.path), socket_timeout=SECONDS)
    cache_url(url)  # refuses a path that is no database number
    return redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
