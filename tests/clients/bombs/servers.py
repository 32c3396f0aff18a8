"""A server that answers with bombs: packed gigabytes, and bytes that drip for ever."""

import contextlib
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from functools import cache

import brotli

ZEROS = bytes(1_000_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@cache
def _packed(packing: str) -> bytes:
    """Pack 500 MB of zeros; twice for gzip, so that the inner bomb is what is found."""
    if packing == "br":
        maker = brotli.Compressor(quality=5)
        return b"".join(maker.process(ZEROS) for _ in range(500)) + maker.finish()
    packer = zlib.compressobj(9, wbits={"gzip": 31, "deflate": 15}[packing])
    return b"".join(packer.compress(ZEROS) for _ in range(500)) + packer.flush()


def _whole(packing: str, body: bytes = b"") -> Iterator[bytes]:
    body = body or _packed(packing)
    yield OK + f"Content-Encoding: {packing}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _dripped(*pieces: bytes) -> Iterator[bytes]:
    yield pieces[0]
    while True:
        time.sleep(0.2)
        yield pieces[-1]


def _endless(*pieces: bytes) -> Iterator[bytes]:
    yield pieces[0]
    while True:
        yield pieces[-1] * 1000


def _answer(path: str) -> Iterator[bytes]:
    return {
        "/gzip": lambda: _whole("gzip"),
        "/deflate": lambda: _whole("deflate"),
        "/brotli": lambda: _whole("br"),
        "/zstd": lambda: _whole("zstd", b"x"),
        "/twice": lambda: _whole("gzip, gzip", gzip.compress(_packed("gzip"))),
        "/rubbish": lambda: _whole("gzip", b"no gzip at all"),
        "/endless": lambda: _endless(OK + b"\r\n", b"x" * 1000),
        "/chunks": lambda: _endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        "/headers": lambda: _endless(OK, b"X: y\r\n"),
        "/one-header": lambda: _endless(OK + b"X: ", b"x"),
        "/continue": lambda: _endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "/drip-line": lambda: _dripped(b"H", b"T"),
        "/drip-header": lambda: _dripped(OK + b"X: ", b"x"),
        "/drip-body": lambda: _dripped(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
        "/drip-gzip": lambda: _dripped(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        "/silent": lambda: _dripped(b"", b""),
    }[path]()


def _served(connection: socket.socket) -> None:
    with connection, contextlib.suppress(OSError):
        for piece in _answer(connection.recv(10_000).split()[1].decode()):
            connection.sendall(piece)


def started() -> int:
    """Pack the bombs, start the server and give its port."""
    for packing in ("gzip", "deflate", "br"):
        _packed(packing)  # a client waits for two seconds only, and packing may take as long
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            threading.Thread(target=_served, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(server.getsockname()[1])
