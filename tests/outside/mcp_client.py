"""Ask each topic's question over REST and by the official MCP client: `python -m tests.outside.mcp_client ADDRESS`.

Prints one JSON line an answer: the topic, the way, the tokens, the stances, the first topic, and how many of the claims
named in it are not there. Then, for a few wrong calls, what is said to them.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

import httpx
from mcp import Client

BUDGET = 1500
CHARACTERS_A_TOKEN = 4
WRONG = (
    ("answer", {}),
    ("answer", {"q": "wrong name"}),
    ("answer", {"question": "x" * 10_000}),
    ("answer", {"topic": "none-such"}),
    ("search", {"query": 5}),
    ("fetch", {"id": "none/such"}),
)


def tokens(answer: Any) -> int:
    """Count what an answer costs its reader."""
    return -(-len(json.dumps(answer, ensure_ascii=False, separators=(",", ":"))) // CHARACTERS_A_TOKEN)


def tell(line: Mapping[str, Any]) -> None:
    """Print a line."""
    sys.stdout.write(f"{json.dumps(line)}\n")


async def main(address: str) -> None:
    """Ask, and print."""
    async with httpx.AsyncClient(base_url=address) as rest, Client(f"{address}/mcp") as mcp:
        for topic in (await rest.get("/api/v1/topics/", params={"limit": 200})).json()["results"]:
            asked = {"q": topic["question"], "budget": str(BUDGET)}
            plain = (await rest.get("/api/v1/answers/", params=asked)).json()
            told = await mcp.call_tool("answer", {"question": topic["question"], "budget": BUDGET})
            await show(rest, topic["topic"], "REST", plain, tokens(plain))
            text = told.content[0].text
            await show(rest, topic["topic"], "MCP", json.loads(text)["data"], -(-len(text) // CHARACTERS_A_TOKEN))
        for name, given in WRONG:
            said = await mcp.call_tool(name, given)
            tell({"wrong": name, "is_error": said.is_error, "said": said.content[0].text})


async def show(rest: httpx.AsyncClient, topic: str, way: str, answer: Mapping[str, Any], cost: int) -> None:
    """Print what is to be known of an answer."""
    named = {row["claim"] for row in answer["rows"]} | {
        row["reply"]["claim"] for row in answer["rows"] if "reply" in row
    }
    lost = [one for one in sorted(named) if (await rest.get(f"/api/v1/claims/{one}/")).is_error]
    first = answer["topics"][0]["slug"]
    stances = sorted({row["stance"] for row in answer["rows"]})
    tell({"topic": topic, "way": way, "tokens": cost, "stances": stances, "first": first, "lost": lost})


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
