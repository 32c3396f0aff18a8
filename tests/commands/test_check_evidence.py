"""`manage.py check_evidence`, as an editor types it."""

from io import StringIO
from itertools import cycle

import pytest
from django.core.management import CommandError, call_command

from perspectives.models import Check, CheckReport, PublishedSource
from perspectives.valkey import cache
from perspectives.vocab import CheckKind
from tests.actions.evidence import servers

ARTICLE, SURVEY, GERMAN = "ellingwood2021leave", "council2020survey", "brueckner2019stege"

PASSAGE = "ellingwood-2021-footbridge/p1"


def run(files, *words):
    """Run the command, and give its lines and the refusal, if it refused."""
    out = StringIO()
    given = [f"--files={files}"] if files else []
    try:
        call_command("check_evidence", *given, *words, stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), None


def write(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def test_quotations_are_looked_for_in_files(published, tmp_path):
    (tmp_path / "more").mkdir()
    survey = "Two planks of 1967 are new."
    write(tmp_path, **{ARTICLE: "The oak that has carried us dry-\nshod must stay.", SURVEY: survey})
    write(tmp_path / "more", **{GERMAN: "Sie werden ebenso oft nicht erhalten wie ersetzt."})
    lines, refusal = run(tmp_path)
    assert lines[:4] == [
        f"1 of 3: {SURVEY}.txt: {SURVEY}, by its key",
        "  missing       replace-or-repair/o1",
        f"  altered       {PASSAGE}: quoted 'three', text 'two'; in the text: Two planks of 1967 are new.",
        f"2 of 3: {ARTICLE}.txt: {ARTICLE}, by its key",
    ]
    assert refusal == "3 quotations are not in their texts as they are quoted."


def test_only_one_topic(published, tmp_path):
    depth = "Soft to the depth of a thumb, but dry."
    write(tmp_path, **{ARTICLE: "The oak that has carried us dry-shod.", SURVEY: depth})
    lines, refusal = run(tmp_path, "--topic=replace-or-repair")
    assert refusal is None
    assert lines == [
        f"1 of 2: {SURVEY}.txt: {SURVEY}, by its key",
        f"  cut           replace-or-repair/o1: beside it or left out: but; in the text: {depth}",
        f"2 of 2: {ARTICLE}.txt: {ARTICLE}, by its key",
        "  found         replace-or-repair/s1",
        "",
        "    1  found         The text has these words, in this order.",
        "    1  cut           The text has these words; what stands beside them or was left out may turn their sense.",
        "    0  near          The text has nearly these words; what differs is shown.",
        "    0  altered       The text has nearly these words, and another number or a denial.",
        "    0  missing       The text has no words like these.",
        "    0  not-checkable The text has no words, or is written in another script.",
        "    1  no text       No file of the source was given, or its words run together.",
    ]


def test_words_that_run_together_accuse_nobody(published, tmp_path):
    write(tmp_path, **{ARTICLE: "Thewordsofthispaperallruntogetheratlast. The bridge must stay."})
    lines, refusal = run(tmp_path)
    assert refusal is None
    assert "  Words run together in this text, so that it says nothing where some are missing." in lines
    assert {one.outcome for one in Check.objects.all()} == {"no-text"}


def test_files_that_cannot_be_used_are_said(published, tmp_path):
    (tmp_path / "a.doc").write_bytes(b"x")
    write(tmp_path, notes="What I thought of it.")
    lines, refusal = run(tmp_path)
    assert lines[0].startswith("1 of 2: a.doc: Files of this kind are not read; give one of .txt")
    assert lines[1].startswith("2 of 2: notes.txt: no published source has this key, DOI or title; give the file")
    assert refusal is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [((), "There is no folder "), (("--topic=nothing",), "There is no published topic 'nothing'.")],
)
def test_what_is_not_there(published, tmp_path, words, sentence):
    _, refusal = run(tmp_path if words else tmp_path / "none", *words)
    assert refusal.startswith(sentence)


def test_what_was_found_in_a_file_is_written_down_and_shown_to_readers(published, tmp_path, client):
    write(tmp_path, **{ARTICLE: "The oak that has carried us dry-shod.", SURVEY: "Nothing of the kind."})
    run(tmp_path)
    check = Check.objects.get(source__key=ARTICLE, outcome="found")
    assert (check.state, check.origin, check.address, check.is_current) == ("done", "file", f"{ARTICLE}.txt", True)
    assert check.report == CheckReport.objects.get()
    page = client.get(f"/sources/{ARTICLE}/").content.decode()
    assert "These words were found in a file." in page
    assert "These words were not found in a file." in client.get(f"/sources/{SURVEY}/").content.decode()
    [told] = [one for one in client.get(f"/api/v1/sources/{ARTICLE}/").json()["checks"] if one["outcome"] == "found"]
    assert (told["kind"], told["origin"], told["quote"]) == ("quotation", "file", check.quote)
    assert "address" not in told
    topic = client.get("/api/v1/topics/replace-or-repair/checks/").json()
    assert told in topic["checks"]
    assert client.get("/api/v1/figures/").json()["checks"]["found"] == 1


def test_a_second_reading_takes_the_place_of_the_first(published, tmp_path):
    write(tmp_path, **{ARTICLE: "Nothing of the kind."})
    run(tmp_path)
    write(tmp_path, **{ARTICLE: "The oak that has carried us dry-shod."})
    run(tmp_path)
    of_words = Check.objects.filter(source__key=ARTICLE, quote="oak that has carried us dry-shod")
    assert [(one.outcome, one.is_current) for one in of_words.order_by("pk")] == [("missing", False), ("found", True)]


@pytest.fixture
def others(settings, published):
    """Let every published source lie on a server of this machine."""
    cache.clear()
    settings.EVIDENCE_CHECKS = frozenset({CheckKind.LINK})
    for address in servers.playing(settings):
        for one, path in zip(
            PublishedSource.objects.order_by("key"), cycle(["page", "nowhere", "broken"]), strict=False
        ):
            one.record = {**one.record, "URL": f"{address}/{path}"}
            one.save()
        yield address


def test_servers_are_asked_where_that_is_wanted(others):
    lines, refusal = run(None)
    assert refusal is None
    total = PublishedSource.objects.count()
    assert any(line.startswith(f"1 of {total}: ") for line in lines)
    assert lines[-1].endswith("still wait to be made, or to be tried again.")
    assert {one.kind for one in Check.objects.all()} == {"link"}
    assert {one.outcome for one in Check.objects.filter(is_current=True)} == {"ok", "gone"}
    assert run(None, "--offline")[0] == lines[-4:]


def test_the_data_set_of_retractions_is_loaded_first(others, settings):
    settings.EVIDENCE_CHECKS = frozenset({CheckKind.RETRACTION})
    servers.Handler.data_set = f"{servers.CSV_HEAD}1,10.5555/bridges.2018.14,,5/31/2021 0:00,Retraction,\n"
    lines, _ = run(None)
    assert lines[0] == "The data set of retractions has 1 notices."
    assert lines[1].startswith("1 of 1: pratt2018timber: The publisher retracted this work on 2021-05-31")
    settings.RETRACTIONS_URL = f"{others}/nowhere"
    assert run(None)[0][0].startswith("The data set of retractions was not loaded, and what was loaded before counts")


def test_servers_are_not_asked_where_that_is_not_wanted(published):
    _, refusal = run(None)
    assert refusal.startswith("Checks over the network are switched off; set EVIDENCE_CHECKS")
    lines, refusal = run(None, "--offline")
    assert refusal is None
    assert lines == ["", "    0  still wait to be made, or to be tried again."]
