"""The papers of lessons on all real topics as PDF: what goes on two pages fits on two pages."""

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest

from perspectives.clients.handout import handout_files
from perspectives.rules.study import papers
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.roles import roles
from perspectives.vocab import EditionOrigin
from tests import content
from tests.clients.test_handout_files import letters

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
IMPRINT = Imprint("ab" * 32, MOMENT, EditionOrigin.FIXTURE, "https://kb.example", {})
TWO_PAGES = ("roles", "worksheet-author", "worksheet-opposing", "worksheet-neutral", "worksheet-all", "short-handout")
SHEETS = 8
HEAD = re.compile(r"(?:Role pack|Worksheet|Handout) ·")


def pages(slug, *names):
    edition = content.topic(slug)
    tree, meta = papers.tree(edition, IMPRINT, *names), papers.meta(edition, IMPRINT, names[0])
    body = handout_files.paper(tree, meta=meta, moment=MOMENT)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]


@pytest.mark.parametrize("slug", content.TOPICS)
def test_role_packs_worksheets_and_short_handout_fit_two_pages_each(slug):
    """Each sheet begins on the next front page: one of three pages would put the next head two pages further."""
    made = pages(slug, *TWO_PAGES)
    assert [bool(HEAD.search(page)) for page in made] == [number % 2 == 0 for number in range(len(made))]
    assert len(made) in {2 * SHEETS - 1, 2 * SHEETS}
    said = letters("".join(made))
    for role in roles(content.topic(slug)):
        assert all(letters(point.voice.claim.text) in said for point in role.points)
        assert all(letters(heard.voice.claim.text) in said for heard in role.heard)
        assert all(letters(parting.answer) in said for parting in role.partings)


def test_the_keys_name_every_work_of_the_packs():
    edition = content.topic("minsk-ii")
    said = letters("".join(pages("minsk-ii", "roles-key", "worksheet-key")))
    for role in roles(edition):
        for point in role.points:
            for cite in point.voice.claim.cites:
                assert letters(edition.sources[cite.source].title) in said


def test_a_warning_of_a_retracted_work_stands_beside_its_words():
    edition = content.topic("minsk-ii")
    source = next(point.quotation.source for role in roles(edition) for point in role.points if point.quotation)
    warned = Imprint("ab" * 32, MOMENT, EditionOrigin.FIXTURE, "https://kb.example", {source: "Was retracted."})
    tree = papers.tree(edition, warned, "roles", "roles-key")
    body = handout_files.paper(tree, meta=papers.meta(edition, warned, "roles"), moment=MOMENT)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert letters("Was retracted.") in letters(text)


def test_what_typst_refuses_is_told():
    edition = content.topic("minsk-ii")
    with pytest.raises(handout_files.NotMadeError, match="could not be made"):
        handout_files.paper(papers.tree(edition, IMPRINT, "roles"), meta={}, moment=MOMENT)
