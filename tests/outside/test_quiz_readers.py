"""Other programs read the quizzes of all topics: every question, right answer and other answer comes back."""

import io
import subprocess
import sys
from xml.etree import ElementTree
from zipfile import ZipFile

from moodle_xml_parser import parser

from perspectives.rules.formats.quiz import moodle_xml, qti
from perspectives.rules.formats.quiz.exercise import Quiz
from tests.rules.formats.test_quiz_formats import hostile, quizzes

QTI_3 = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def asked(quiz, between):
    return [
        (
            one.id,
            f"{one.task}{between}{one.text}",
            [(option.text, option.id == one.right) for option in one.options],
            one.feedback,
        )
        for one in quiz.exercises
    ]


def test_moodle_xml_comes_back():
    """What is hostile is read in `tests/rules`: this program decodes entities a second time, which Moodle does not."""
    for quiz in quizzes():
        found = parser.parse_bytes(moodle_xml.document(quiz))["multichoice"]
        assert [
            (
                one.name,
                one.text_pre_parse,
                [(option.answer, option.score_fraction == 100) for option in one.options],
                one.general_feedback,
            )
            for one in found
        ] == asked(quiz, "\n")


def test_qti_is_upgraded_by_another_program_and_comes_back(tmp_path):
    """One package of all quizzes, so that the program starts once."""
    exercises = {one.id: one for quiz in quizzes() for one in quiz.exercises} | {
        hostile().exercises[0].id: hostile().exercises[0]
    }
    whole = Quiz("all", hostile().title, tuple(exercises.values()))
    given, made = tmp_path / "given.zip", tmp_path / "made.zip"
    given.write_bytes(qti.package(whole))
    command = [sys.executable, "-m", "qti_convert.cli", "upgrade", "--no-transforms", str(given), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with ZipFile(io.BytesIO(made.read_bytes())) as archive:
        items = {
            name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.startswith("items/")
        }
    found = {root.get("identifier").removeprefix("item-"): read(root) for root in items.values()}
    assert found == {name: (text, options, feedback) for name, text, options, feedback in asked(whole, " ")}


def read(root):
    right = root.findtext(f".//{QTI_3}qti-correct-response/{QTI_3}qti-value")
    options = [(one.text, one.get("identifier") == right) for one in root.iter(f"{QTI_3}qti-simple-choice")]
    told = root.find(f".//{QTI_3}qti-modal-feedback")
    return root.findtext(f".//{QTI_3}qti-prompt"), options, "".join(told.itertext()).strip()
