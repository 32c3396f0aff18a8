"""Editions in an older form are read as they would be now, and their bytes stay."""

import json

import pytest
from pydantic import ValidationError

from perspectives.rules.publication import edition_form
from perspectives.rules.publication.canonical_json import canonical_json, sha256
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import QuoteStatus
from tests import factories

OLD = {"own-text": "verified", "not-checked": "unverified"}
READ = [(edition_form.topic, factories.topic_edition), (edition_form.article, factories.article_edition)]


def old_form(value):
    """Give plain data with the words that version 0.1.0 had for the states of quotations."""
    if isinstance(value, dict):
        return {name: OLD[one] if name == "quote_status" else old_form(one) for name, one in value.items()}
    return [old_form(one) for one in value] if isinstance(value, list) else value


def states(value):
    if isinstance(value, dict):
        return [*[one for name, one in value.items() if name == "quote_status"], *states(list(value.values()))]
    return [state for one in value for state in states(one)] if isinstance(value, list) else []


@pytest.mark.parametrize(("read", "edition"), READ)
def test_an_old_edition_says_no_more_than_its_editors_did(read, edition):
    data = old_form(plain(edition()))
    found = plain(read(canonical_json(data)))
    weaker = {"verified": QuoteStatus.REPRODUCTION.value, "unverified": QuoteStatus.NOT_CHECKED.value}
    assert states(found) == [weaker[state] for state in states(data)] != []
    assert old_form_again(found) == data


def old_form_again(value):
    if isinstance(value, dict):
        back = {"reproduction": "verified", "not-checked": "unverified"}
        return {name: back[one] if name == "quote_status" else old_form_again(one) for name, one in value.items()}
    return [old_form_again(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("read", "edition"), READ)
def test_an_edition_of_today_is_read_as_it_is(read, edition):
    body = canonical_json(plain(edition()))
    assert edition_form.current(body) == body
    assert read(body) == edition()


BEFORE_TEACHING = (
    "dbe660cbb60f5b74a2b46ee235b84ce8246504eddd98c036c644d9ba0de94a7b"  # pragma: allowlist secret - a hash
)
"""The SHA-256 of the first edition of the footbridge's topic, made before topics could have words for teachers."""


def test_an_edition_from_before_there_were_words_for_teachers_keeps_its_bytes():
    body = canonical_json(plain(factories.topic_edition()))
    assert sha256(body) == BEFORE_TEACHING
    assert canonical_json(plain(edition_form.topic(body))) == body


def test_words_that_look_like_a_state_stay():
    words = 'He wrote "quote_status":"verified" in the margin'
    data = plain(factories.topic_edition())
    data["background"] = words
    assert json.loads(edition_form.current(canonical_json(data)))["background"] == words


def test_a_state_that_never_was_is_refused():
    data = json.dumps(plain(factories.topic_edition())).replace('"own-text"', '"seen"')
    with pytest.raises(ValidationError):
        edition_form.topic(data.encode())
