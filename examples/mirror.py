"""Keep a folder in step with Debate KB by `changes/` alone: current editions, and what was retracted or archived.

Run it when you like: by cron, or whenever a webhook says that something happened. Each run fetches what happened since.
"""

import hashlib
import json
import sys
import time
from argparse import ArgumentParser
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen


def fetch(address: str, *, patience: int = 60) -> bytes:
    """Fetch an address; come back later, `patience` seconds at most, where the server had too many requests."""
    try:
        with urlopen(Request(address, headers={"User-Agent": "debatekb-mirror/1.0"}), timeout=30) as answer:
            body: bytes = answer.read()
            return body
    except HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        if error.code != HTTPStatus.TOO_MANY_REQUESTS or not wait.isdigit() or not 0 < int(wait) <= patience:
            sys.exit(f"{address} answers {error.code} ({error.reason}).")
    except (OSError, ValueError) as error:
        sys.exit(f"{address} cannot be read: {error}.")
    time.sleep(int(wait))
    return fetch(address, patience=patience - int(wait))


def write(file: Path, body: bytes) -> None:
    """Put a file in its place whole, so that who is interrupted leaves none half written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(body)
    part.replace(file)


def note(file: Path, sha256: str, about: Any) -> None:
    """Keep in a file what is said of an edition; nothing any more where that is None."""
    kept = json.loads(file.read_bytes()) if file.exists() else {}
    kept[sha256] = about
    write(file, json.dumps({key: value for key, value in kept.items() if value}, indent=1).encode())


def take(folder: Path, entry: Any) -> None:
    """Do what an entry of `changes/` says: fetch an edition, or note that one was retracted or archived."""
    if entry["change"] == "retracted":
        note(
            folder / "retracted.json", entry["sha256"], {"at": entry["retracted_at"], "note": entry["retraction_note"]}
        )
    elif entry["change"] == "archived":
        note(folder / "archived.json", entry["sha256"], {"at": entry["archived_at"], "note": entry["archive_note"]})
    elif entry["change"] == "reinstated":
        note(folder / "archived.json", entry["sha256"], None)
    elif entry["change"] == "published":
        body = fetch(entry["url"])
        if hashlib.sha256(body).hexdigest() != entry["sha256"]:
            sys.exit(f"{entry['url']} is not what was announced; nothing was written.")
        kind = "topic" if "topic" in entry else "article"
        write(folder / f"{kind}s" / f"{entry[kind]}.json", body)


def main(base: str, folder: Path) -> None:
    """Fetch what happened since the last run, and note how far that is after each page."""
    place, happened = folder / "since", 0
    since = f"&since={quote(place.read_text())}" if place.exists() else ""
    address = urljoin(base, f"/api/v1/changes/?limit=100{since}")
    while address:
        page = json.loads(fetch(address))
        for entry in page["results"]:
            take(folder, entry)
        happened, address = happened + len(page["results"]), page["next"]
        write(place, page["since"].encode())
    print(f"{happened} changes; {folder} is in step.")


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where Debate KB runs")
    parser.add_argument("folder", type=Path, help="where the copy is kept")
    main(**vars(parser.parse_args()))
