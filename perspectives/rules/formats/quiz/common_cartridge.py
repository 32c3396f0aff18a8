"""Links as a thin Common Cartridge 1.3 (1EdTech): what a course takes in, all of which stays where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from perspectives.rules.formats.quiz.exercise import packed

CARTRIDGE: Final = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
WEB_LINK: Final = "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"
DESCRIPTION: Final = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"


@dataclass(frozen=True)
class Link:
    """A link of a course; its name is that of its file."""

    name: str
    title: str
    address: str


def package(name: str, title: str, links: Sequence[Link]) -> bytes:
    """Write links under one heading as a cartridge; the same links give the same bytes."""
    return packed(_files(name, title, links))


def _files(name: str, title: str, links: Sequence[Link]) -> Iterator[tuple[str, bytes]]:
    yield "imsmanifest.xml", _written(_manifest(name, title, links))
    for link in links:
        root = Element("webLink", xmlns=WEB_LINK)
        SubElement(root, "title").text = link.title
        SubElement(root, "url", href=link.address, target="_blank")
        yield _place(link), _written(root)


def _place(link: Link) -> str:
    return f"{link.name}/link.xml"


def _written(root: Element) -> bytes:
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _manifest(name: str, title: str, links: Sequence[Link]) -> Element:
    root = Element("manifest", {"xmlns": CARTRIDGE, "xmlns:lomimscc": DESCRIPTION, "identifier": f"cartridge-{name}"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "IMS Common Cartridge"
    SubElement(about, "schemaversion").text = "1.3.0"
    called = SubElement(SubElement(SubElement(about, "lomimscc:lom"), "lomimscc:general"), "lomimscc:title")
    SubElement(called, "lomimscc:string", language="en").text = title
    organizations = SubElement(root, "organizations")
    whole = SubElement(organizations, "organization", identifier="course", structure="rooted-hierarchy")
    module = SubElement(SubElement(whole, "item", identifier="root"), "item", identifier="module")
    SubElement(module, "title").text = title
    resources = SubElement(root, "resources")
    for link in links:
        item = SubElement(module, "item", identifier=f"item-{link.name}", identifierref=f"link-{link.name}")
        SubElement(item, "title").text = link.title
        resource = SubElement(resources, "resource", identifier=f"link-{link.name}", type="imswl_xmlv1p3")
        SubElement(resource, "file", href=_place(link))
    return root
