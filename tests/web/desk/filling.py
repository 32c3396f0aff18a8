"""Filling in the forms of a page as a browser does, with anything in the fields that take words."""

from typing import Any, NamedTuple

import lxml.html

WORDS = {"text", "email", "search", "url", "tel", None}


class Filled(NamedTuple):
    """What a browser would send: where to, what, and under which names somebody typed."""

    address: str
    data: dict[str, Any]
    typed: tuple[str, ...]


def forms(content: bytes, address: str, text: str | bytes) -> list[Filled]:
    """Fill in each form of a page that is sent by POST, with `text` in every field that takes words."""
    page = lxml.html.fromstring(content.decode())
    return [
        _filled(form, (form.get("action") or "").partition("#")[0] or address, text)
        for form in page.forms
        if form.method.upper() == "POST" and "sign-out" not in (form.get("action") or "")
    ]


def typed(content: bytes) -> dict[str, set[str]]:
    """Give what stands in the fields of a page that take words, by name, with single spaces."""
    page = lxml.html.fromstring(content.decode())
    found: dict[str, set[str]] = {}
    for form in page.forms:
        for field in form.inputs:
            if field.name and isinstance(field.value, str) and field.get("type") not in {"hidden", "submit"}:
                found.setdefault(field.name, set()).add(" ".join(field.value.split()))
    return found


def read(content: bytes) -> str:
    """Give a page without what stands in its fields, which is for who typed it to mend."""
    page = lxml.html.fromstring(content.decode())
    for field in page.xpath("//input | //textarea"):
        field.drop_tree()
    return str(lxml.html.tostring(page, encoding="unicode"))


def _filled(form: Any, address: str, text: str | bytes) -> Filled:
    data: dict[str, Any] = {}
    names = []
    for field in form.inputs:
        if not field.name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea" or (field.tag == "input" and field.get("type") in WORDS):
            names.append(field.name)
            data[field.name] = text
        else:
            _choose(field, data, text)
    button = form.xpath(".//button[not(@type) or @type='submit']")
    if button and button[0].get("name"):
        data[button[0].get("name")] = button[0].get("value", "")
    return Filled(address, data, tuple(names))


def _choose(field: Any, data: dict[str, Any], text: str | bytes) -> None:
    kind = field.get("type")
    if field.tag == "select":
        data[field.name] = field.value or next((one for one in field.value_options if one), "")
    elif kind == "password":
        data[field.name] = text
    elif kind == "hidden":
        data[field.name] = field.value or ""
    elif "checked" in field.attrib or (kind == "radio" and field.name not in data):
        data[field.name] = field.get("value", "on")
