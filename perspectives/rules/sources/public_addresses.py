"""Which addresses belong to the public Internet, and to nobody's inner network."""

import ipaddress
from typing import Final

_PUBLIC_IPV6: Final = ipaddress.IPv6Network("2000::/3")
"""All global unicast addresses. Outside it are loopback, mapped and IPv4-compatible addresses, NAT64 (64:ff9b::/96 and
64:ff9b:1::/48), unique-local, link-local and site-local addresses, and multicast."""
_REFUSED: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments, among them the addresses that name NAT64
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
            "2002::/16",  # 6to4, which leads to any IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
"""What Python calls global, in one version or another, and yet leads elsewhere or nowhere."""


def is_public(address: str) -> bool:
    """Whether an address may be connected to on a stranger's behalf; what is no address is not public."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not read.is_global or read.is_multicast or read.is_reserved:
        return False
    if isinstance(read, ipaddress.IPv6Address) and read not in _PUBLIC_IPV6:
        return False
    return not any(read in network for network in _REFUSED if network.version == read.version)
