"""Forms made from fields as data: what is typed becomes a document and comes back, problems find their fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.documents.problems import Problem
from perspectives.vocab import ClaimKind
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import FieldKind, FieldSpec, choice, group, line, optional, paragraphs

SPECS = (
    line("title", "Title"),
    paragraphs("background", "Background"),
    *optional(
        FieldSpec("tags", "Tags", kind=FieldKind.LIST),
        FieldSpec("order", "Place", kind=FieldKind.NUMBER),
        FieldSpec("author", "Authors", kind=FieldKind.NAMES),
        FieldSpec("held_by", "Held by", kind=FieldKind.HOLDERS),
        line("checked-note", "Note", path="checked.note"),
        choice("kind", "Kind", ClaimKind),
    ),
)


class Form(form_fields.SpecForm):
    asked = (group("", *SPECS[:3]), group("More", *SPECS[3:], is_closed=True))


def form(**sent):
    return Form({"title": "A title", "background": "One.", **sent})


WORDS = st.text("abc é", min_size=1, max_size=9).map(lambda text: " ".join(text.split())).filter(bool)


@given(
    st.fixed_dictionaries(
        {"title": WORDS, "background": st.lists(WORDS, min_size=1).map("\n\n".join)},
        optional={
            "tags": st.lists(WORDS, min_size=1),
            "order": st.integers(0, 999_999_999),
            "author": st.lists(st.fixed_dictionaries({"family": WORDS}, optional={"given": WORDS}), min_size=1),
            "held_by": st.lists(WORDS | st.fixed_dictionaries({"name": WORDS, "role": WORDS}), min_size=1),
            "checked": st.fixed_dictionaries({"note": WORDS}),
            "kind": st.sampled_from(ClaimKind.values),
        },
    )
)
def test_a_document_comes_back_from_its_form(document):
    made = Form(form_fields.written(SPECS, document))
    assert made.is_valid(), made.errors
    assert form_fields.read(SPECS, made.cleaned_data) == document


@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("title", "title", "is wrong"),
        ("tags[1]", "tags", "Line 2: is wrong"),
        ("author[0].given", "author", "Line 1: is wrong"),
        ("checked.note", "checked-note", "is wrong"),
        ("titles", "__all__", "titles: is wrong"),
        ("checked", "__all__", "checked: is wrong"),
        ("", "__all__", "is wrong"),
    ],
)
def test_a_problem_stands_beside_the_field_of_its_path(path, field, said):
    made = form()
    made.add_problems([Problem("", 0, path, "is wrong")])
    assert made.errors == {field: [said]}


def test_a_number_that_is_none_is_left_for_the_document_to_refuse():
    made = form(order="010")
    assert made.is_valid()
    assert form_fields.read(SPECS, made.cleaned_data)["order"] == "010"


def test_a_closed_group_is_open_where_something_stands():
    assert [shown.is_closed for shown in form().groups()] == [False, True]
    assert [shown.is_closed for shown in form(order="1").groups()] == [False, False]


@pytest.mark.parametrize(("count", "offered"), [(1, 1), (2, 3)])
def test_a_required_choice_with_one_way_is_made_already(count, offered):
    spec = FieldSpec("side", "Side", kind=FieldKind.PERSPECTIVE)
    made = form_fields.form_field(spec, {FieldKind.PERSPECTIVE: [(str(one), str(one)) for one in range(count)]})
    assert len(made.choices) == offered
