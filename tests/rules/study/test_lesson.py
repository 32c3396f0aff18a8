"""A lesson on every real topic: its plans, its roles and its worksheets give each side as much."""

import json
from datetime import UTC, datetime

import pytest

from perspectives.rules.study import lesson, paper_parts, papers, worksheet
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.roles import MOST_HEARD, MOST_OWN, roles
from perspectives.serving import teaching
from perspectives.vocab import CruxKind, EditionOrigin, Stance
from tests import content, factories


@pytest.mark.parametrize("minutes", lesson.LENGTHS)
def test_the_steps_of_a_plan_add_up_to_its_length_and_need_what_there_is(minutes):
    steps = lesson.plan(minutes)
    assert sum(step.minutes for step in steps) == minutes
    known = {link.name for link in teaching.links("", "minsk-ii")} | {"roles", "prompts"}
    assert {step.material for step in steps} <= known


def test_every_kind_of_crux_has_a_question_of_its_own():
    cruxes = content.topic("minsk-ii").cruxes
    asked = set()
    for kind in CruxKind:
        edition = content.topic("minsk-ii").model_copy(
            update={"cruxes": (cruxes[0].model_copy(update={"kind": kind}),)}
        )
        (prompt,) = lesson.prompts(edition)
        asked.add(prompt.ask[-1])
    assert len(asked) == len(CruxKind)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_has_words_for_a_lesson(slug):
    edition = content.topic(slug)
    assert edition.teaching
    assert edition.teaching.note
    assert edition.terms
    assert all(len(crux.prompts) == 2 for crux in edition.cruxes)
    for crux, prompt in zip(edition.cruxes, lesson.prompts(edition), strict=True):
        assert prompt.ask[2:-1] == crux.prompts


def test_keys_have_the_words_for_teachers_and_packs_have_not():
    edition = content.topic("minsk-ii")
    imprint = Imprint("0" * 64, datetime(2026, 11, 1, tzinfo=UTC), EditionOrigin.FIXTURE, "https://kb.example")
    told = [
        edition.teaching.aim,
        *edition.teaching.note.split("\n\n"),
        *(one for crux in edition.cruxes for one in crux.prompts),
    ]
    key, pack = (written(papers.tree(edition, imprint, name)) for name in ("roles-key", "roles"))
    for words in told:
        assert words.replace(" ", "") in key
        assert words.replace(" ", "") not in pack
    assert all(term.gloss.replace(" ", "") in key for term in edition.terms)


def written(node):
    """Give all words of a tree, without spaces."""
    if isinstance(node, dict):
        return node["c"] if node.get("t") == "Str" else written([*node.values()])
    return "".join(map(written, node)) if isinstance(node, list | tuple) else ""


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_role_has_as_much(slug):
    made = roles(content.topic(slug))
    assert [role.stance for role in made] == [*Stance]
    assert {(len(role.points), len(role.heard), len(role.partings)) for role in made} == {
        (MOST_OWN, 2 * MOST_HEARD, len(content.topic(slug).cruxes))
    }
    for role in made:
        assert all(point.voice.stance is role.stance and point.source for point in role.points)
        assert all(heard.voice.stance is not role.stance for heard in role.heard)
        assert {side.id for side in role.positions} == {point.voice.perspective.id for point in role.points}


@pytest.mark.parametrize("slug", content.TOPICS)
def test_worksheets_on_paper_have_as_many_claims_of_each_side(slug):
    edition = content.topic(slug)
    sizes = {side: len(worksheet.on_paper(edition, side)) for side in worksheet.SIDES}
    assert sizes == {**dict.fromkeys(Stance.values, MOST_OWN), worksheet.ALL: 6}


def test_a_task_has_what_answers_it_or_else_what_it_answers():
    tasks = {one.voice.claim.id: one for stance in Stance for one in worksheet.tasks(factories.topic_edition(), stance)}
    for task in tasks.values():
        assert len({one.is_answer for one in task.found}) <= 1
        for one in task.found:
            ends = (one.response.from_claim, one.response.to_claim)
            own, other = task.voice.claim.id, one.voice.claim.id
            assert ends == ((other, own) if one.is_answer else (own, other))
    assert {one.is_answer for task in tasks.values() for one in task.found} == {True, False}


def test_what_answers_nothing_of_the_authors_side_is_missing_there():
    assert [voice.claim.id for voice in worksheet.missing(factories.topic_edition())] == ["o3"]


def bare():
    """Give a topic on which nothing is quoted, the first claim of each side rests on nothing, and nobody agrees."""
    edition = factories.topic_edition()
    perspectives = tuple(
        side.model_copy(update={"claims": tuple(map(without_words, range(len(side.claims)), side.claims))})
        for side in edition.perspectives
    )
    return edition.model_copy(update={"perspectives": perspectives, "cruxes": (), "common_ground": ()})


def without_words(number, claim):
    cites = (cite.model_copy(update={"quote": None, "quote_status": None}) for cite in claim.cites)
    return claim.model_copy(update={"cites": tuple(cites) if number else ()})


def test_a_role_without_a_quotation_or_a_source_says_what_there_is():
    for role in roles(bare()):
        assert {point.quotation for point in role.points} == {None}
        assert [bool(point.source) for point in role.points][:2] == [False, True]


def test_papers_of_a_bare_topic_leave_out_what_there_is_not():
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    imprint = Imprint("ab" * 32, moment, EditionOrigin.FIXTURE, "https://kb.example")
    whole, poor = (
        json.dumps(papers.tree(edition, imprint, *papers.PAPERS)) for edition in (factories.topic_edition(), bare())
    )
    for words in ('"settle"', '"accept"'):
        assert words in whole
        assert words not in poor
    assert "Evidence:" in poor


def test_every_paper_is_named_and_keys_are_the_teachers():
    assert {name for name, paper in papers.PAPERS.items() if paper.is_key} == {"roles-key", "worksheet-key"}
    assert papers.file_name("a-topic", 2, "roles") == "debatekb-a-topic-roles-edition-2.pdf"


def test_of_a_topic_without_words_for_teachers_and_terms_the_keys_say_nothing():
    assert [*paper_parts.for_teachers(factories.topic_edition(terms=(), teaching=None))] == []
