"""`import_argdown`, as an operator types it."""

import json

import pytest
from django.core.management import CommandError

from perspectives.models import Claim
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents.yaml_text import MAX_BYTES
from perspectives.rules.formats.argument import aif, argdown
from tests.commands.test_commands import run


def written(topic, folder, text=None):
    file = folder / "topic.argdown"
    file.write_text(text or argdown.topic(draft_documents.topic_document(topic.pk)), encoding="utf-8")
    return file


def test_an_unchanged_file_changes_nothing(topic, tmp_path):
    output = run("import_argdown", str(written(topic, tmp_path)))
    assert output.startswith(f"{topic.slug}: no claim differs. The draft has ")


def test_added_changed_and_closed_are_said(topic, tmp_path):
    text = argdown.topic(draft_documents.topic_document(topic.pk))
    claim = Claim.objects.filter(topic=topic).order_by("pk").first()
    text = text.replace(f": {claim.text} #", ": Said anew. #") + "\n[new]: New. {kind: causal}\n"
    output = run("import_argdown", str(written(topic, tmp_path, text)))
    assert f"{topic.slug}: 1 claims added (new); 1 claims changed ({claim.identifier})." in output


def test_gaps_that_are_closed_are_said(topic, tmp_path):
    document = draft_documents.topic_document(topic.pk)
    gap = document.gaps[0]
    side = next(side for side in document.perspectives if side.stance == gap.stance)
    block = f"[{side.claims[0].id}]: {argdown.escaped(side.claims[0].text)} #{side.stance.value}"
    line = f'  -> [{gap.claim}] {{{side.claims[0].id} rebuts: "Now it is."}}'
    lines = argdown.topic(document).split("\n")
    place = next(number for number, found in enumerate(lines) if found.startswith(block)) + 1
    text = "\n".join([*lines[:place], line, *lines[place:]])
    assert "1 gaps closed" in run("import_argdown", str(written(topic, tmp_path, text)))


def test_aif_is_read_too(topic, tmp_path):
    text = json.dumps(aif.topic(draft_documents.topic_document(topic.pk)))
    assert "no claim differs" in run("import_argdown", str(written(topic, tmp_path, text)), format="aif")


def test_claims_go_with_remove(topic, tmp_path):
    text = argdown.topic(draft_documents.topic_document(topic.pk)) + "\n[new]: New. {kind: causal}\n"
    run("import_argdown", str(written(topic, tmp_path, text)))
    text = text.rsplit("\n[new]", 1)[0]
    with pytest.raises(CommandError, match="lack 'new'"):
        run("import_argdown", str(written(topic, tmp_path, text)))
    assert "1 claims removed (new)" in run("import_argdown", str(written(topic, tmp_path, text)), remove=True)


def test_every_problem_is_shown_with_its_line(topic, tmp_path):
    text = argdown.topic(draft_documents.topic_document(topic.pk)).replace("kind: ", "kind: x", 2)
    with pytest.raises(CommandError) as refusal:
        run("import_argdown", str(written(topic, tmp_path, text)))
    lines = str(refusal.value).splitlines()
    assert lines[0] == "2 problems found; nothing was changed."
    assert all(line.startswith("topic.argdown:") for line in lines[1:])


def test_a_topic_that_is_not_there(db, tmp_path):
    text = '===\ndebatekb:\n  topic: "nowhere"\n===\n\n# Nothing\n'
    with pytest.raises(CommandError, match="There is no topic 'nowhere'; load its pack first"):
        run("import_argdown", str(written(None, tmp_path, text)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [(None, "Cannot read"), (b"\xff", "is not UTF-8 at byte 0"), (b"x" * (MAX_BYTES + 1), "is too long; the limit is")],
)
def test_files_that_cannot_be_read(db, tmp_path, content, expected):
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=expected):
        run("import_argdown", str(file))
