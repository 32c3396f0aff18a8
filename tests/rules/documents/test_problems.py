"""Sentences and paths for what pydantic finds."""

import pytest
from pydantic import BaseModel, ValidationError

from perspectives.rules.documents.problems import Problem, from_validation, kind_of, shown, written
from perspectives.rules.documents.topic_document import TopicEdition
from tests import factories


class Odd(BaseModel):
    """A model with a type that no pack has."""

    share: float


def test_error_without_a_sentence_of_ours_is_told_in_pydantics_words() -> None:
    with pytest.raises(ValidationError) as refused:
        Odd.model_validate({"share": "much"})
    sentence = "input should be a valid number, unable to parse string as a number; correct the value"
    assert from_validation(refused.value, Odd) == [(("share",), sentence)]


def test_unknown_field_is_looked_up_where_it_stands() -> None:
    plain = factories.topic_edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["sources"]["weir2016cost"]["titel"] = "x"
    plain["article_head"]["titel"] = "x"
    plain["perspectives"][0]["claims"][0]["cites"][0]["translater"] = "x"
    with pytest.raises(ValidationError) as refused:
        TopicEdition.model_validate(plain)
    found = {written(path): sentence for path, sentence in from_validation(refused.value, TopicEdition)}
    assert found == {
        "sources.weir2016cost.titel": "is not a field known here; did you mean 'title'?",
        "article_head.titel": "is not a field known here; did you mean 'title'?",
        "perspectives[0].claims[0].cites[0].translater": "is not a field known here; did you mean 'translator'?",
    }


def test_path_is_written_as_people_do() -> None:
    assert written(()) == ""
    assert written(("a", 0, "b", 12, 3, "c-d")) == "a[0].b[12][3].c-d"
    assert written(("x" * 100,)) == "x" * 100
    assert written(("x" * 101,)) == "x" * 99 + "…"


def test_value_is_shortened_and_made_safe() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("a\x1b[31m\nb\u202e") == "a\\u001b[31m\\u000ab\\u202e"
    assert shown(3) == "3"


def test_kinds_have_names() -> None:
    values: list[object] = [{}, [], 1]
    assert [kind_of(value) for value in values] == ["mapping", "list", "int"]


def test_problems_are_sorted_by_file_line_path() -> None:
    problems = [Problem("b", 1, "", ""), Problem("a", 10, "", ""), Problem("a", 9, "z", ""), Problem("a", 9, "b", "")]
    assert sorted(problems) == problems[::-1]
