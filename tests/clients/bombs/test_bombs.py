"""Texts that want gigabytes or hours: no process takes more than 400 MB, and each bomb ends in a sentence in time."""

import json
import re
import subprocess
import sys

import pytest

from tests.clients.bombs import corpus, measure

MOST_MEGABYTES = 400


@pytest.fixture(scope="module")
def rows():
    done = subprocess.run([sys.executable, "-m", "tests.clients.bombs.measure"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_bomb_was_set_off(rows):
    assert len(rows) == len(corpus.BOMBS) + len(corpus.FETCHED) >= 30


def test_no_process_takes_more_than_400_mb(rows):
    assert not [row for row in rows if row["megabytes"] > MOST_MEGABYTES]


def test_each_ends_within_its_deadline(rows):
    assert not [row for row in rows if row["seconds"] > measure.SECONDS + measure.GRACE]


def test_each_ends_in_a_clear_sentence(rows):
    assert not [row for row in rows if not re.search(row["expected"], row["said"])]
