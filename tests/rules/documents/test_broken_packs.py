"""Every broken pack is refused with the right sentence in the right place, and with nothing else."""

import pytest

from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.documents.problems import Problem
from tests import factories
from tests.rules.broken.packs import BROKEN, Broken
from tests.rules.broken.rows import ARTICLE, OTHER, SOURCES, TOPIC, edited, every, raw, response


def test_valid_folder_has_no_problem() -> None:
    packs, problems = parse(factories.packs(), Known())
    assert problems == []
    assert [topic.topic for topic in packs.topics] == [factories.TOPIC, factories.OTHER_TOPIC]
    assert packs.article is not None
    assert packs.article.article == factories.ARTICLE
    assert list(packs.sources) == sorted(factories.source_records())


def test_rows_have_names_of_their_own() -> None:
    assert len({row.id for row in BROKEN}) == len(BROKEN) >= 75


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: row.id)
def test_broken_pack_is_refused(row: Broken) -> None:
    _, problems = parse(row.files(), Known())
    assert [(problem.file, problem.path) for problem in problems] == [(row.file, row.path), *row.more], problems
    for problem in problems:
        assert row.sentence in problem.message
        assert "; " in problem.message, "tells how to mend"
        assert str(problem).isprintable(), "is safe to print"


def test_all_mistakes_are_found_in_one_run_in_the_order_of_files_and_lines() -> None:
    files = every(
        edited(ARTICLE, "passages[0].findings[0].finding", "wrong"),
        edited(ARTICLE, "passages[1].claims[0]", "who-should-pay/s9"),
        edited(SOURCES, "weir2016cost.language", "EN"),
        edited(SOURCES, "okoro2020spans.DOI", "10.5555/bridges.2018.14"),
        edited(TOPIC, "perspectives[0].stance", "pro"),
        edited(TOPIC, "perspectives[1].claims[1].id", "o1"),
        edited(TOPIC, "perspectives[2].claims[0].cites[0].source", "nobody2020"),
        edited(TOPIC, "events[0].date", "2014-02-30"),
        edited(TOPIC, "responses[6]", response("o1", "s1")),
        edited(OTHER, "colour", "red"),
        raw("notes.txt", b"x"),
        raw("topics/bad.yaml", b"a: &a x"),
    )(factories.packs())
    _, problems = parse(files, Known())
    lines = {name: [b"", *content.splitlines()] for name, content in files.items()}
    assert [(p.file, p.path, lines[p.file][p.line].decode().strip()) for p in problems] == [
        (ARTICLE, "passages[0].findings[0].finding", "finding: wrong"),
        (ARTICLE, "passages[1].claims[0]", "- who-should-pay/s9"),
        ("notes.txt", "", ""),
        (SOURCES, "pratt2018timber.DOI", "DOI: 10.5555/bridges.2018.14"),
        (SOURCES, "weir2016cost.language", "language: EN"),
        ("topics/bad.yaml", "", "a: &a x"),
        (TOPIC, "perspectives[0].stance", "stance: pro"),
        (TOPIC, "perspectives[1].claims[1].id", "- id: o1"),
        (TOPIC, "perspectives[2].claims[0].cites[0].source", "- source: nobody2020"),
        (TOPIC, "responses[3].from", "- from: o2"),
        (TOPIC, "responses[6]", "- from: o1"),
        (TOPIC, "events[0].date", "- date: '2014-02-30'"),
        (OTHER, "colour", "colour: red"),
    ]
    assert problems == sorted(problems, key=lambda problem: (problem.file, problem.line, problem.path))


def test_line_is_that_of_the_value_or_of_what_holds_it() -> None:
    files = {TOPIC: b"topic: x\n\ntitle:\n  - a\nperiod:\n  start: '1820'\n"}
    problems = [problem for problem in parse(files, Known())[1] if problem.path in {"title", "period.end", "order"}]
    assert [(problem.path, problem.line) for problem in problems] == [("order", 1), ("title", 4), ("period.end", 6)]


def test_problem_without_line_or_path_is_written_short() -> None:
    assert str(Problem("a.yaml", 3, "title", "is empty; write it")) == "a.yaml:3: title: is empty; write it"
    assert str(Problem("a.yaml", 0, "", "is empty; write it")) == "a.yaml: is empty; write it"


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    files = {name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for name, content in factories.packs().items()}
    assert parse(files, Known()) == parse(factories.packs(), Known())


def test_json_is_read_too() -> None:
    files = {TOPIC: b'{"topic": "x", "order": 1, "tags": ["a", "b"], "unknown": null}'}
    unknown = [problem for problem in parse(files, Known())[1] if "missing" not in problem.message]
    assert [problem.path for problem in unknown] == ["topic", "unknown"]


def test_folder_of_any_name_is_read() -> None:
    files = {f"some/where/{name}": content for name, content in factories.packs().items()}
    assert parse(files, Known())[1] == []


def test_mistake_in_one_file_raises_no_false_alarm_in_another() -> None:
    files = factories.packs()
    for name in files:
        _, problems = parse(raw(name, b"a: &a x")(files), Known())
        assert [problem.file for problem in problems] == [name]


def test_unreadable_claims_raise_no_false_alarm() -> None:
    for path, value in (("perspectives[0].claims[0].id", ["s1"]), ("perspectives[0].claims", "none")):
        _, problems = parse(edited(TOPIC, path, value)(factories.packs()), Known())
        assert [problem.path for problem in problems] == [path]
