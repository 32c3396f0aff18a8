"""A quiz as a package of QTI 2.1 (1EdTech, "Question and Test Interoperability"): a test, its items, a manifest."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from perspectives.rules.formats.quiz.exercise import Exercise, Quiz, packed

QTI: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMAS: Final = {
    QTI: f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    PACKAGE: f"{PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TEST: Final = "test.xml"
_ITEM: Final = "imsqti_item_xmlv2p1"


def package(quiz: Quiz) -> bytes:
    """Write the quiz as a zip; the same quiz gives the same bytes."""
    return packed(_files(quiz))


def _files(quiz: Quiz) -> Iterator[tuple[str, bytes]]:
    yield "imsmanifest.xml", written(_manifest(quiz), PACKAGE)
    yield _TEST, written(_test(quiz), QTI)
    for one in quiz.exercises:
        yield _place(one), written(_item(one), QTI)


def written(root: Element, namespace: str) -> bytes:
    """Write an element that has no namespace as the document of a namespace, which then needs no prefixes."""
    root.set("xmlns", namespace)
    root.set("xmlns:xsi", _INSTANCE)
    root.set("xsi:schemaLocation", _SCHEMAS[namespace])
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _place(one: Exercise) -> str:
    return f"items/{_name(one)}.xml"


def _name(one: Exercise) -> str:
    """Name an item: an identifier begins with a letter."""
    return f"item-{one.id}"


def _manifest(quiz: Quiz) -> Element:
    root = Element("manifest", identifier=f"manifest-{quiz.id}")
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = SubElement(resources, "resource", identifier=f"test-{quiz.id}", type="imsqti_test_xmlv2p1", href=_TEST)
    SubElement(test, "file", href=_TEST)
    for one in quiz.exercises:
        SubElement(test, "dependency", identifierref=_name(one))
    for one in quiz.exercises:
        item = SubElement(resources, "resource", identifier=_name(one), type=_ITEM, href=_place(one))
        SubElement(item, "file", href=_place(one))
    return root


def _test(quiz: Quiz) -> Element:
    root = Element("assessmentTest", identifier=f"test-{quiz.id}", title=quiz.title)
    part = SubElement(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    section = SubElement(part, "assessmentSection", identifier="section", title=quiz.title, visible="true")
    for one in quiz.exercises:
        SubElement(section, "assessmentItemRef", identifier=_name(one), href=_place(one))
    return root


def _item(one: Exercise) -> Element:
    names = {option.id: f"choice-{number}" for number, option in enumerate(one.options, start=1)}
    root = Element("assessmentItem", identifier=_name(one), title=one.task, adaptive="false", timeDependent="false")
    response = SubElement(
        root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier"
    )
    SubElement(SubElement(response, "correctResponse"), "value").text = names[one.right]
    score = SubElement(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    choose = SubElement(
        SubElement(root, "itemBody"),
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="1",
    )
    SubElement(choose, "prompt").text = f"{one.task} {one.text}"
    for option in one.options:
        SubElement(choose, "simpleChoice", identifier=names[option.id]).text = option.text
    _processing(root)
    told = SubElement(root, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show", identifier="reason")
    SubElement(told, "p").text = one.feedback
    return root


def _processing(root: Element) -> None:
    """Score the answer, and tell the reason whatever was answered: the template that only scores could not."""
    processing = SubElement(root, "responseProcessing")
    condition = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    match = SubElement(condition, "match")
    SubElement(match, "variable", identifier="RESPONSE")
    SubElement(match, "correct", identifier="RESPONSE")
    score = SubElement(condition, "setOutcomeValue", identifier="SCORE")
    SubElement(score, "baseValue", baseType="float").text = "1"
    told = SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(told, "baseValue", baseType="identifier").text = "reason"
