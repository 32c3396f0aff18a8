"""`manage.py check_evidence`, as an editor types it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

ARTICLE, SURVEY, GERMAN = "ellingwood2021leave", "council2020survey", "brueckner2019stege"

PASSAGE = "ellingwood-2021-footbridge/p1"


def run(files, *words):
    """Run the command, and give its lines and the refusal, if it refused."""
    out = StringIO()
    try:
        call_command("check_evidence", f"--files={files}", *words, stdout=out)
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
        "    1  no text       No file of the source was given.",
    ]


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
