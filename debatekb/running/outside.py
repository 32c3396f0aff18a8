"""Engines that somebody else runs: before anything starts, see that the given addresses answer."""

from urllib.parse import unquote, urlsplit

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured

from debatekb.addresses import cache_url, database_config, redis_checked, without_password
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
