"""Whose request it is, as far as an address can tell: for limits and lock-outs."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_SITE_BITS: Final = 64
"""An IPv6 client owns a network of this prefix at least, and may change its address within it at will."""
_LONGEST_ADDRESS: Final = 64


def client_address(request: HttpRequest) -> str:
    """Give the address to count: the peer's, or what the outermost trusted proxy saw; an IPv6 one by its network.

    Only as many entries of X-Forwarded-For are believed, from the right, as there are trusted proxies: what stands
    left of them comes from the client, who may write there what he likes.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        hops = request.headers.get("x-forwarded-for", "").split(",")
        if len(hops) >= proxies and (counted := _counted(hops[-proxies].strip()[:_LONGEST_ADDRESS])):
            return counted
    return _counted(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=10_000)
def _counted(address: str) -> str:
    """Write an address as it is counted; nothing where it is none."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(IPv6Network((int(read), _SITE_BITS), strict=False))
