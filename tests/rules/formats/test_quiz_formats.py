"""Files of quizzes: whatever words say stays words; `tests/node` and `tests/outside` have other programs read them."""

import io
from xml.etree import ElementTree
from zipfile import ZipFile

from perspectives.rules.formats.quiz import common_cartridge, gift, moodle_xml, qti
from perspectives.rules.formats.quiz.common_cartridge import Link
from perspectives.rules.formats.quiz.exercise import Exercise, Option, Quiz, exercise
from perspectives.rules.publication.index_records import claim_records
from perspectives.rules.study.quiz_questions import KINDS, evidence, sheet
from tests import content

HOSTILE = (
    "{=right ~wrong} #feedback :: a:b \\n \\ %50% [html]<b>bold</b> &amp; <script>alert(1)</script> $CATEGORY: x -> y "
    "// no comment ]]> “q” 'a' \"b\" Київ"
)
"""What means something to GIFT, to XML or to HTML."""


def quizzes():
    """Give both quizzes of every topic."""
    for slug in content.TOPICS:
        edition = content.topic(slug)
        for kind in KINDS:
            asked = sheet(claim_records(edition), kind=kind, people=["Jeffrey D. Sachs"], seed=1)
            made = [exercise(one, evidence(one.answer, edition.sources), "https://kb.example/#x") for one in asked]
            yield Quiz(f"{slug}-{kind}", f"{edition.title}: {KINDS[kind]}", tuple(made))


def hostile():
    """Give a quiz whose every word is hostile."""
    options = (Option("a", HOSTILE), Option("b", f"%100%{HOSTILE}"), Option("c", f"[html]{HOSTILE}"))
    made = Exercise("0123456789ab", HOSTILE, f"// {HOSTILE}\n\n=x", options, "b", f"{HOSTILE}\n// x")
    return Quiz("hostile", HOSTILE, (made,))


def test_the_same_quiz_gives_the_same_bytes():
    one = hostile()
    assert qti.package(one) == qti.package(one)
    assert gift.text(one) == gift.text(one)


def test_no_line_of_gift_begins_what_words_began():
    lines = gift.text(hostile()).splitlines()
    assert not [line for line in lines if line.startswith("//")]
    assert [line[0] for line in lines if line] == ["$", ":", "~", "=", "~", "#", "}"]


def test_moodle_xml_has_one_right_answer_each():
    root = ElementTree.fromstring(moodle_xml.document(hostile()))
    (question,) = root.findall("question[@type='multichoice']")
    assert question.findtext("questiontext/text") == f"{HOSTILE}\n// {HOSTILE}\n\n=x"
    assert [answer.get("fraction") for answer in question.findall("answer")] == ["0", "100", "0"]


def test_a_package_of_qti_holds_what_its_manifest_names():
    with ZipFile(io.BytesIO(qti.package(hostile()))) as archive:
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        named = [one.get("href") for one in root.iter(f"{{{qti.PACKAGE}}}file")]
        assert sorted(named) == sorted(set(archive.namelist()) - {"imsmanifest.xml"})
        resources = {one.get("identifier") for one in root.iter(f"{{{qti.PACKAGE}}}resource")}
        assert {one.get("identifierref") for one in root.iter(f"{{{qti.PACKAGE}}}dependency")} < resources


def test_a_cartridge_holds_its_links():
    links = [
        Link("brief", "A <b>brief</b> & more", "https://kb.example/?a=1&b=2"),
        Link("map", "Map", "https://kb.example/m"),
    ]
    with ZipFile(io.BytesIO(common_cartridge.package("topic", HOSTILE, links))) as archive:
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        space = {"c": common_cartridge.CARTRIDGE, "w": common_cartridge.WEB_LINK}
        files = {
            one.get("identifier"): one.find("c:file", space).get("href")
            for one in root.iterfind(".//c:resource", space)
        }
        shown = [
            (
                item.findtext("c:title", namespaces=space),
                ElementTree.fromstring(archive.read(files[item.get("identifierref")])),
            )
            for item in root.iterfind(".//c:item[@identifierref]", space)
        ]
        assert sorted(archive.namelist()) == sorted(["imsmanifest.xml", *files.values()])
    assert [(title, link.find("w:url", space).get("href")) for title, link in shown] == [
        (one.title, one.address) for one in links
    ]
    assert [link.findtext("w:title", namespaces=space) for _, link in shown] == [one.title for one in links]
