"""Copies of pages, as web archives list them."""

from datetime import date

import pytest

from perspectives.rules.evidence import timemaps
from perspectives.rules.evidence.timemaps import Memento

ARCHIVE = "https://archive.example/web"
TIMEMAP = """<https://review.example/a>; rel="original",
<https://archive.example/web/timemap/link/https://review.example/a>; rel="self"; type="application/link-format",
<https://archive.example/web/2019/a>; rel="first memento"; datetime="Tue, 01 Jan 2019 00:00:00 GMT",
<https://archive.example/web/2021/a>; rel="memento"; datetime="Mon, 03 May 2021 10:00:00 GMT",
<https://archive.example/web/bad/a>; rel="memento"; datetime="some day",
<https://elsewhere.example/web/2021/a>; rel="memento"; datetime="Sat, 01 May 2021 00:00:00 GMT",
<javascript:alert(1)>; rel="memento"; datetime="Sat, 01 May 2021 00:00:00 GMT"
"""
FIRST = Memento("https://archive.example/web/2019/a", date(2019, 1, 1))
SECOND = Memento("https://archive.example/web/2021/a", date(2021, 5, 3))


def test_only_copies_on_the_archives_own_server_are_read():
    assert list(timemaps.mementos(TIMEMAP, ARCHIVE)) == [FIRST, SECOND]


@pytest.mark.parametrize(("day", "found"), [("2018", FIRST), ("2020-01-01", FIRST), ("2021-04", SECOND)])
def test_the_nearest_is_chosen(day, found):
    assert timemaps.nearest([SECOND, FIRST], timemaps.day_of(day)) == found


def test_of_nothing_nothing_is_chosen():
    assert timemaps.nearest([], date(2021, 1, 1)) is None
    assert timemaps.day_of("") is None
