"""When a folder of tests has grown, and when the machine is slow."""

import pytest

from tests import seconds

KNOWN = {"actions": 100, "api": 80, "browser": 200, "rules": 40, "web": 100}


def test_as_long_as_written_is_not_grown():
    assert seconds.grown({**KNOWN}, KNOWN) == []


def test_one_folder_that_grew_is_named():
    assert seconds.grown({**KNOWN, "rules": 140}, KNOWN) == ["rules"]


@pytest.mark.parametrize("times", [0.4, 3, 10])
def test_a_machine_of_another_speed_explains_all_folders_alike(times):
    took = {folder: value * times for folder, value in KNOWN.items()}
    assert seconds.grown(took, KNOWN) == []
    assert seconds.slowness(took, KNOWN) == max(1, times)


def test_on_a_slow_machine_a_folder_that_grew_is_still_named():
    took = {folder: value * 3 for folder, value in KNOWN.items()}
    assert seconds.grown({**took, "rules": 40 * 3 * 3}, KNOWN) == ["rules"]


@pytest.mark.parametrize("took", [{"rules": 400}, {**KNOWN, "rules": 59}, {**KNOWN, "new": 500}])
def test_parts_of_the_suite_small_growth_and_new_folders_say_nothing(took):
    assert seconds.grown(took, KNOWN) == []


@pytest.mark.parametrize(
    ("nodeid", "folder"),
    [("tests/rules/topics/test_a.py::test_b", "rules"), ("tests/web/test_a.py::test_b[x/y]", "web")],
)
def test_a_test_belongs_to_its_first_folder(nodeid, folder):
    assert seconds.folder_of(nodeid) == folder
