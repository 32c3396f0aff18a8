"""Clients of Valkey for what is not worth a long wait: no second try, no connection before the first question."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry


def client(url: str, *, seconds: float) -> Redis:
    """Make a client that waits at most `seconds` to connect and at most as long for each answer, then gives up."""
    return Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0))
