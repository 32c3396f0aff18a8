"""A server of JSON for platforms of tests: what is asked goes to methods of who serves."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Serving:
    """Serves on a port of its own at `address`, until `close`.

    `get` and `post` get the request, and `post` its body; they give a status, headers (or pairs of them, where one
    comes twice) and a value that is written as JSON (bytes as they are).
    """

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.serving = self
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(*self.server.serving.get(self))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(*self.server.serving.post(self, body))

    def answer(self, status, headers, value):
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        pairs = headers.items() if isinstance(headers, dict) else headers
        for name, said in [*pairs, ("Content-Length", str(len(content)))]:
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing."""
