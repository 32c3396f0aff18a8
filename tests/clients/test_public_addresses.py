"""Addresses inside networks, in every notation: none is connected to. A canary on this machine counts who comes."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product

import pytest

from perspectives.clients import guarded_network, http
from perspectives.rules.sources.public_addresses import is_public
from perspectives.valkey import cache

pytestmark = pytest.mark.measured

INSIDE_IPV4 = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.0.0.2",
    "127.1.2.3", "127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.0.9", "192.0.0.170", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
)  # fmt: skip
INSIDE_IPV6 = (
    "::", "::1", "::2", "::ffff:0:127.0.0.1", "64:ff9b:1::1", "64:ff9b:1:ffff::10.0.0.1", "100::1", "100:0:0:1::1",
    "2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "3fff:fff::1",
    "5f00::1", "fc00::1", "fd00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%lo", "febf::1", "fec0::1", "feff::1",
    "ff00::1", "ff02::1", "ff0e::1", "4000::1", "e000::1", "fd00:ec2::254",
)  # fmt: skip
EMBEDDED = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "8.8.8.8")
"""What IPv6 addresses carry inside; a public one does not make them public: another machine leads on from there."""
PUBLIC = ("8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1", "2a00:1450:4001:81b::200e")


def _number(address):
    return int.from_bytes(socket.inet_aton(address))


def _parts(address):
    return [int(part) for part in address.split(".")]


def _hexes(address):
    high, low = divmod(_number(address), 65536)
    return f"{high:x}:{low:x}"


def _ipv4_notations(address):
    """Write an IPv4 address in the ways that the system's look-up takes for one."""
    a, b, c, d = _parts(address)
    yield str(_number(address))
    yield hex(_number(address))
    yield oct(_number(address)).replace("0o", "0")
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"
    yield f"{a}.{b}.{c * 256 + d}"
    yield f"{a}.{(b * 256 + c) * 256 + d}"
    yield f"0x{a:X}.{b}.0{c:o}.{d}"


def _ipv6_forms(address):
    """Write an IPv4 address as the IPv6 addresses that carry it."""
    yield f"::{address}" if address != "0.0.0.1" else "::1"
    yield f"::ffff:{address}"
    yield f"::ffff:{_hexes(address)}"
    yield f"64:ff9b::{address}"
    yield f"64:ff9b::{_hexes(address)}"
    yield f"2002:{_hexes(address)}::1"
    yield f"2001:0:{_hexes(address)}::1"
    yield f"fec0::{_hexes(address)}"


HOSTS = [
    *INSIDE_IPV4,
    *(f"[{one}]" for one in INSIDE_IPV6),
    *(form for one in ("127.0.0.1", "10.0.0.1", "169.254.169.254") for form in _ipv4_notations(one)),
    *(f"[{form}]" for one in EMBEDDED for form in _ipv6_forms(one)),
    "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "0", "127。0。0。1", "①②⑦.0.0.1", "[0:0:0:0:0:0:0:1]",
    "[::0001]", "[0000::ffff:7f00:1]", "127.0.0.1.",
]  # fmt: skip
ADDRESSES = [*(f"http://{host}:PORT/" for host in HOSTS), *(f"https://{host}:PORT/" for host in HOSTS[:20])]
NAMES = {
    "inside.example": ["127.0.0.1"],
    "mixed.example": ["93.184.215.14", "127.0.0.1"],
    "mixed-first.example": ["127.0.0.1", "93.184.215.14"],
    "six.example": ["::1"],
    "mixed-six.example": ["2606:2800:21f:cb07::1", "::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "zone.example": ["fe80::1%1"],
    "metadata.example": ["169.254.169.254"],
}


class Canary(BaseHTTPRequestHandler):
    """Answers whoever finds it; one path sends on to the address in its query."""

    found: list[str] = []

    def do_GET(self):
        if self.path.startswith("/on?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
        else:
            Canary.found.append(self.path)
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def port():
    canary = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=canary.serve_forever, daemon=True).start()
    yield canary.server_port
    canary.shutdown()
    canary.server_close()


@pytest.fixture(autouse=True)
def quick(settings, monkeypatch):
    cache.clear()
    settings.INTAKE_HOST_DELAY_SECONDS = 0
    monkeypatch.setattr(http, "MOST_SECONDS", 3)
    Canary.found = []


@pytest.fixture
def names(monkeypatch):
    """Answer for names as a hostile name server may; whatever is asked for a second time leads inside."""
    asked = []
    known = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        asked.append(host)
        if host == "rebinding.example":
            host = "127.0.0.1" if asked.count(host) > 1 else "::1"
        found = NAMES.get(host, [host])
        return [row for one in found for row in known(one, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def refused(address):
    with pytest.raises(http.FetchError) as refusal:
        http.get(address, accept="*/*")
    return str(refusal.value)


def test_the_corpus_is_large_and_the_canary_lives(port, settings):
    assert len(set(ADDRESSES)) + len(NAMES) >= 150
    settings.CROSSREF_URL = f"http://127.0.0.1:{port}"
    assert http.get(f"http://127.0.0.1:{port}/", accept="*/*").status == 200
    assert Canary.found == ["/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_inside_is_connected_to(address, port, monkeypatch):
    def connected(*_args, **_kwargs):
        raise AssertionError("It was connected to.")

    monkeypatch.setattr(guarded_network.GuardedNetwork, "_connected", connected)
    assert any(
        word in refused(address.replace("PORT", str(port))) for word in ("private network", "malformed", "reached")
    )
    assert not Canary.found


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_one_address_inside_is_refused(name, names, port):
    assert "private network" in refused(f"http://{name}:{port}/")
    assert not Canary.found


def test_a_name_is_looked_up_once_and_connected_to_there(names, port, monkeypatch):
    monkeypatch.setattr(guarded_network, "is_public", lambda _: True)
    monkeypatch.setattr(guarded_network, "_CONNECT_SECONDS", 0.2)
    refused(f"http://rebinding.example:{port}/")
    assert names.count("rebinding.example") == 1
    assert not Canary.found


@pytest.mark.parametrize(("scheme", "host"), list(product(("http", "https"), [*HOSTS[:12], "[::1]", *NAMES])))
def test_no_redirect_leads_inside(scheme, host, names, port, settings):
    settings.CROSSREF_URL = f"http://127.0.0.1:{port}"
    refused(f"http://127.0.0.1:{port}/on?{scheme}://{host}:{port + 1 if host == '127.0.0.1' else port}/secret")
    assert not Canary.found


def test_a_server_that_the_settings_name_is_asked_on_its_own_port_alone(port, settings):
    settings.CROSSREF_URL = f"http://127.0.0.1:{port + 1}"
    assert "private network" in refused(f"http://127.0.0.1:{port}/")
    assert not Canary.found


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", [*INSIDE_IPV4, *(one.partition("%")[0] for one in INSIDE_IPV6), "", "nobody"])
def test_others_are_not(address):
    assert not is_public(address)
