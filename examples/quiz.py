"""Print a quiz sheet in Markdown, made from a topic of Debate KB: who would say this? The key stands at its end."""

import json
import random
import sys
import time
from argparse import ArgumentParser
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

FIELDS = "id,edition,text,perspective,perspective_label,held_by,cites"


def fetch(address: str, *, patience: int = 60) -> Any:
    """Fetch JSON; come back later, `patience` seconds at most, where the server says that it had too many requests."""
    try:
        with urlopen(Request(address, headers={"User-Agent": "debatekb-quiz/1.0"}), timeout=30) as answer:
            return json.load(answer)
    except HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        if error.code != HTTPStatus.TOO_MANY_REQUESTS or not wait.isdigit() or not 0 < int(wait) <= patience:
            sys.exit(f"{address} answers {error.code} ({error.reason}).")
    except (OSError, ValueError) as error:
        sys.exit(f"{address} cannot be read: {error}.")
    time.sleep(int(wait))
    return fetch(address, patience=patience - int(wait))


def main(base: str, topic: str, questions: int, seed: int | None) -> None:
    """Choose claims of the topic; print each with at most four sides that may have made it, then the key."""
    claims: list[Any] = []
    address = urljoin(base, f"/api/v1/claims/?topic={quote(topic)}&fields={FIELDS}&include=sources")
    while address:
        page = fetch(address)
        claims, address = claims + page["results"], page["next"]
    sides = {one["perspective"]: ": ".join([one["perspective_label"], *one["held_by"][:1]]) for one in claims}
    chance, key = random.Random(seed), ["\n## Key\n" if claims else f"There is no published topic '{topic}' here."]
    for number, claim in enumerate(chance.sample(claims, min(questions, len(claims))), start=1):
        others = sorted(sides.keys() - {claim["perspective"]})
        options = [claim["perspective"], *chance.sample(others, min(3, len(others)))]
        chance.shuffle(options)
        print(f"\n{number}. {claim['text']}\n")
        print(*(f"   - {letter}) {sides[one]}" for letter, one in zip("abcd", options, strict=False)), sep="\n")
        works = [(claim["sources"][cite["source"]], cite.get("locator", "")) for cite in claim["cites"]]
        cited = "; ".join(f"*{work['title']}* ({work.get('issued', 'n.d.')[:4]}) {at}".strip() for work, at in works)
        link = urljoin(base, "/topics/{}/editions/{edition}/#{}".format(*claim["id"].split("/"), **claim))
        key.append(f"{number}. {'abcd'[options.index(claim['perspective'])]}) {cited} <{link}>")
    print(*key, sep="\n")


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where Debate KB runs")
    parser.add_argument("--topic", default="minsk-ii", help="the slug of a topic")
    parser.add_argument("--questions", type=int, default=10, help="how many claims to ask about")
    parser.add_argument("--seed", type=int, help="the same number makes the same sheet")
    main(**vars(parser.parse_args()))
