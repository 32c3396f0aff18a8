"""Who states a claim is read off its citations; who holds its perspective says nothing about it."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.topics.people import is_written_by, name_line, person_slug
from perspectives.rules.topics.stated_by import stated_by
from perspectives.vocab import Relation
from tests import depth, factories
from tests.rules.strategies import Folder, folders

PRATT = {"family": "Pratt", "given": "Lemuel", "suffix": "Jr."}


def claimed(
    cites: list[dict[str, Any]], *, held_by: Iterable[str] = (), **authors: list[dict[str, str]]
) -> TopicEdition:
    """Make a topic whose claim `o1` has these citations; `authors` replaces those of some sources."""
    records = factories.source_records()
    for key, names in authors.items():
        records[key]["author"] = names
    sides = factories.topic_document()["perspectives"]
    sides[1]["held_by"] = list(held_by)
    sides[1]["claims"][0]["cites"] = cites
    return factories.topic_edition(perspectives=sides, sources=records)


def states(*keys: str) -> list[dict[str, Any]]:
    return [{"source": key, "relation": "states"} for key in keys]


def test_footbridge():
    names = stated_by(factories.topic_edition())
    assert {claim: stated for claim, stated in names.items() if stated} == {
        "s1": ("Mara Ellingwood",),
        "s2": ("Mara Ellingwood",),
        "o2": ("Ṣadé Okoro",),
        "o3": ("Imaginary County of Wend",),
        "n3": ("Änne Brückner",),
    }
    assert [claim for claim, stated in names.items() if not stated] == ["s3", "o1", "n1", "n2"]


@pytest.mark.parametrize("relation", [relation for relation in Relation if relation is not Relation.STATES])
def test_only_the_relation_states_says_so(relation):
    document = claimed([{"source": "pratt2018timber", "relation": relation.value}], held_by=["Lemuel Pratt"])
    assert stated_by(document)["o1"] == ()


def test_all_authors_are_named_each_once_in_the_order_of_the_citations():
    two = [{"family": "Weir", "given": "Elias"}, {"literal": "Bridge Wardens"}]
    document = claimed(states("weir2016cost", "pratt2018timber", "weir2016cost"), weir2016cost=two)
    assert stated_by(document)["o1"] == ("Elias Weir", "Bridge Wardens", "Lemuel Pratt")


def test_the_author_of_the_article_states_what_the_article_is_cited_for():
    document = factories.topic_edition()
    assert stated_by(claimed(states(document.article_head.source)))["o1"] == (document.article_head.author,)


def test_a_work_without_authors_names_nobody():
    assert stated_by(claimed(states("weir2016cost"), weir2016cost=[]))["o1"] == ()


@pytest.mark.parametrize(
    ("printed", "held_by", "name"),
    [
        ({"family": "Götz", "given": "Elias"}, ["Elias Gotz"], "Elias Gotz"),
        ({"family": "Sarotte", "given": "Mary"}, ["Mary Elise Sarotte", "Mary Sarotte"], "Mary Sarotte"),
        ({"family": "Sarotte", "given": "Mary E."}, ["Mary Elise Sarotte", "Mary Sarotte"], "Mary Elise Sarotte"),
        ({"family": "Sarotte", "given": "M."}, ["Mary Elise Sarotte"], "M. Sarotte"),
        ({"literal": "Office of Bridges"}, ["Office of Bridges"], "Office of Bridges"),
        ({"literal": "Office of Bridges"}, ["Elias Bridges"], "Office of Bridges"),
    ],
)
def test_a_holder_is_named_as_the_topic_names_him(printed, held_by, name):
    document = claimed(states("weir2016cost"), held_by=held_by, weir2016cost=[printed])
    assert stated_by(document)["o1"] == (name,)


def test_a_topic_has_one_name_for_each_who_is_no_holder():
    full, short = {"family": "Sarotte", "given": "Mary Elise"}, {"family": "Sarotte", "given": "Mary"}
    document = claimed(states("weir2016cost", "pratt2018timber"), weir2016cost=[full], pratt2018timber=[short])
    assert stated_by(document)["o1"] == ("Mary Elise Sarotte",)


@depth.times(0.2)
@given(folders())
def test_every_name_is_that_of_an_author_of_a_work_that_states_the_claim(folder: Folder) -> None:
    article = folder["article.yaml"]
    head = {name: article[name] for name in ("article", "source", "author", "author_short", "title")}
    for name, topic in folder.items():
        if name.startswith("topics/"):
            check(TopicEdition(**topic, edition=1, article_head=head, sources=folder["sources.yaml"]))


def check(document: TopicEdition) -> None:
    found = stated_by(document)
    claims = [claim for side in document.perspectives for claim in side.claims]
    assert list(found) == [claim.id for claim in claims], "every claim once, in the order of the document"
    for claim in claims:
        stating = [cite.source for cite in claim.cites if cite.relation is Relation.STATES]
        authors = [author for key in stating for author in document.sources[key].author]
        names = found[claim.id]
        assert len({person_slug(name) for name in names}) == len(names), "nobody twice"
        assert all(any(_are_one(author, name) for author in authors) for name in names), "nobody without a work"
        assert all(any(_are_one(author, name) for name in names) for author in authors), "no author is left out"


def _are_one(author: Any, name: str) -> bool:
    slug = person_slug(name)
    return person_slug(name_line(author)) == slug or is_written_by(author, slug)
