"""Names as rows: what a record holds comes back as it was, and rows come and go without a script."""

import pytest
from django import forms
from django.http import QueryDict

from perspectives.rules.sources import names_text
from perspectives.web.http.names_widget import NamesWidget, rows

NAMES = (
    {"family": "Pratt", "given": "Ada"},
    {"family": "Plato"},
    {"given": "Ada"},
    {"literal": "Parish Council"},
    {"literal": "Office of Bridges, Roads and Fords"},
    {"family": "Fluß", "given": "Otto", "dropping-particle": "von"},
    {"literal": "Council", "suffix": "Ltd"},
    {"family": "A, B", "given": "C"},
    {"family": "= Odd", "given": "[suffix: x]"},
)


class Form(forms.Form):
    author = forms.CharField(required=False, widget=NamesWidget)


def sent_back(form, **more):
    """What a browser sends of the rows as they are shown."""
    sent = QueryDict(mutable=True)
    for place, row in enumerate(
        form["author"].field.widget.get_context("author", form["author"].value(), {})["widget"]["rows"]
    ):
        sent.update({f"author-{place}-{part}": getattr(row, part) for part in ("kind", "family", "given")})
    sent.update(more)
    return sent


@pytest.mark.parametrize("names", [NAMES, NAMES[:1], ()], ids=["many", "one", "none"])
def test_rows_that_are_sent_as_they_were_shown_change_nothing(names):
    form = Form(sent_back(Form(initial={"author": names_text.written(names)})))
    assert form.is_valid()
    assert names_text.read(form.cleaned_data["author"]) == list(names)


def test_a_row_is_added_and_one_is_taken():
    form = Form(sent_back(Form(initial={"author": "Pratt, Ada\nWeir, Ben"}), **{"names-more": "author"}))
    assert str(form).count('role="group"') == 5
    less = Form(sent_back(form, **{"names-drop": "author-0"}))
    assert [row.family for row in rows(less["author"].value())] == ["Weir"]


def test_what_fits_no_name_is_shown_as_it_was_typed_and_refused_by_the_rules_alone():
    sent = {"author-0-kind": "organisation", "author-0-family": "=Council", "author-0-given": "Ada"}
    form = Form(sent)
    assert form.is_valid()
    assert names_text.read(form.cleaned_data["author"]) == [{"literal": "=Council", "given": "Ada"}]
    assert 'value="=Council"' in str(form)
    assert '<option value="organisation" selected>' in str(form)


def test_what_is_no_name_is_kept_as_it_is_written():
    assert [row.kind for row in rows('{"given": 7}\n{broken')] == ["written", "organisation"]


def test_text_under_the_fields_own_name_is_taken():
    form = Form({"author": "Pratt, Ada"})
    assert form.is_valid()
    assert form.cleaned_data["author"] == "Pratt, Ada"
    assert Form({})["author"].value() is None
