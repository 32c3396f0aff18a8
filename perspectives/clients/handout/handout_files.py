"""Handouts as files: a document tree through pandoc to DOCX and EPUB, and through pandoc and Typst to PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from perspectives.clients import pandoc, typesetting
from perspectives.clients.handout import word_styles
from perspectives.vocab import HandoutFormat

FOLDER = Path(__file__).parent
_LONGEST_REASON = 300


class NotMadeError(Exception):
    """A program refused to make the file; the message is a sentence for readers."""


def made(tree: Mapping[str, Any], wanted: HandoutFormat, *, meta: Mapping[str, str], moment: datetime) -> bytes:
    """Make the file of a handout; the same words and moment give the same bytes. Raises NotMadeError."""
    make = {HandoutFormat.PDF: _pdf, HandoutFormat.DOCX: _docx, HandoutFormat.EPUB: _epub}[wanted]
    try:
        return make(tree, meta, moment)
    except (pandoc.PandocError, typesetting.TypesettingError) as error:
        raise _not_made(error) from error


def _pdf(tree: Mapping[str, Any], meta: Mapping[str, str], moment: datetime) -> bytes:
    return _set(tree, meta, moment, "handout.typ")


def paper(tree: Mapping[str, Any], *, meta: Mapping[str, str], moment: datetime) -> bytes:
    """Make the PDF of a paper of a lesson, like `made`; the short edition of a handout is one. Raises NotMadeError."""
    try:
        return _set(tree, meta, moment, "paper.typ")
    except (pandoc.PandocError, typesetting.TypesettingError) as error:
        raise _not_made(error) from error


def class_record(data: Mapping[str, Any], *, meta: Mapping[str, str], moment: datetime) -> bytes:
    """Make the PDF of what was handed in in a class; `class.typ` says what `data` has. Raises NotMadeError.

    Pupils' words go past pandoc, as data that Typst never reads as markup.
    """
    source = "".join((FOLDER / name).read_text() for name in ("look.typ", "class.typ"))
    try:
        return typesetting.pdf(source, inputs={**meta, "data": json.dumps(data)}, moment=moment)
    except typesetting.TypesettingError as error:
        raise _not_made(error) from error


def _set(tree: Mapping[str, Any], meta: Mapping[str, str], moment: datetime, style: str) -> bytes:
    """Set a tree in the look that all papers have, and in that of its kind."""
    words = pandoc.convert(tree, to="typst", moment=moment).decode()
    looks = "".join((FOLDER / name).read_text() for name in ("look.typ", style))
    return typesetting.pdf(looks + words, inputs=meta, moment=moment)


def _not_made(error: Exception) -> NotMadeError:
    reason = " ".join(str(error).split())[:_LONGEST_REASON]
    return NotMadeError(f"The file could not be made. {reason}")


def _docx(tree: Mapping[str, Any], _: Mapping[str, str], moment: datetime) -> bytes:
    with word_styles.reference() as styles:
        return pandoc.convert(tree, to="docx", words=[f"--reference-doc={styles}"], moment=moment)


def _epub(tree: Mapping[str, Any], _: Mapping[str, str], moment: datetime) -> bytes:
    # Pandoc's sandbox reads no style sheet, but it does read what it is to put into the head of each page.
    head = FOLDER / "epub_head.xhtml"
    return pandoc.convert(tree, to="epub3", words=[f"--include-in-header={head}"], moment=moment)
