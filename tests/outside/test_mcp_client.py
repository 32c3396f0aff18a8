"""Assistants ask through the official client of the Model Context Protocol, and get what REST gives."""

import json
import subprocess
import sys

from tests import content
from tests.outside.mcp_client import BUDGET, WRONG


def test_each_topic_is_answered_from_every_side_within_the_budget(service):
    command = [sys.executable, "-m", "tests.outside.mcp_client", service]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    answers = [line for line in lines if "topic" in line]
    assert {(one["topic"], one["way"]) for one in answers} == {
        (topic, way) for topic in content.FEW for way in ("REST", "MCP")
    }
    for one in answers:
        assert one["tokens"] <= BUDGET, one
        assert one["stances"] == ["author", "neutral", "opposing"], one
        assert (one["first"], one["lost"]) == (one["topic"], []), one
    refusals = [line for line in lines if "wrong" in line]
    assert len(refusals) == len(WRONG)
    assert all(one["is_error"] and one["said"] for one in refusals), refusals
