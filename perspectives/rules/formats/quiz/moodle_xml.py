"""A quiz in Moodle XML (docs.moodle.org, "Moodle XML format")."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from perspectives.rules.formats.quiz.exercise import Exercise, Quiz

_RIGHT, _WRONG = "100", "0"


def document(quiz: Quiz) -> bytes:
    """Write the quiz: its category, then a multiple-choice question with one right answer for each exercise."""
    root = Element("quiz")
    category = SubElement(SubElement(root, "question", type="category"), "category")
    # In the name of a category a single slash begins a category below it.
    _text(category, "$course$/top/" + quiz.title.replace("/", "//"))
    for one in quiz.exercises:
        _exercise(root, one)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _exercise(root: Element, one: Exercise) -> None:
    question = SubElement(root, "question", type="multichoice")
    _text(SubElement(question, "name"), one.id)
    _plain(question, "questiontext", f"{one.task}\n{one.text}")
    _plain(question, "generalfeedback", one.feedback)
    settings = {
        "defaultgrade": "1",
        "penalty": "0",
        "hidden": "0",
        "idnumber": one.id,
        "single": "true",
        "shuffleanswers": "false",
        "answernumbering": "abc",
    }
    for name, value in settings.items():
        SubElement(question, name).text = value
    for option in one.options:
        answer = _plain(question, "answer", option.text)
        answer.set("fraction", _RIGHT if option.id == one.right else _WRONG)
        _plain(answer, "feedback", "")


def _plain(parent: Element, name: str, words: str) -> Element:
    made = SubElement(parent, name, format="plain_text")
    _text(made, words)
    return made


def _text(parent: Element, words: str) -> None:
    SubElement(parent, "text").text = words
