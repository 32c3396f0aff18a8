"""Ask our own web server whether it is healthy: `python -m debatekb.running.probe` ends with 0 or 1."""

import http.client
import os
import sys

OK = 200
SECONDS = 5.0
PATH = "/healthz/"


def is_healthy(host: str, port: int) -> bool:
    """Return whether the server at this address answers its health check with 200."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", PATH, headers={"Host": allowed_host(host)})
        return connection.getresponse().status == OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def allowed_host(host: str) -> str:
    """Return a name that ALLOWED_HOSTS admits, since Django refuses the bare address where only names are allowed."""
    names = [name.strip() for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    if not names or host in names or "*" in names:
        return host
    return names[0].removeprefix(".")


def main() -> None:
    """End the process with 0 when the server on this machine is healthy, else with 1."""
    sys.exit(0 if is_healthy("127.0.0.1", int(os.environ.get("PORT") or 8000)) else 1)


if __name__ == "__main__":
    main()
