"""People: the list by last name, and one's claims across topics."""

from urllib.parse import urlencode

import pytest

from perspectives.models import PublishedPerson, PublishedSource
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.people import name_line, person_slug
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"
PERSON = f"/people/{factories.PERSON}/"

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_people_are_listed_by_last_name_with_their_sides(client, published):
    page = text(client, "/people/")
    people = ("Änne Brückner", "Mara Ellingwood", "Ṣadé Okoro", "Lemuel Pratt", "Imaginary County of Wend")
    names = [page.index(f">{name}</a>") for name in people]
    assert names == sorted(names)
    line = page[names[1] :].partition("</tr>")[0]
    assert 'class="mark mark-author"' in line
    assert '<td data-name="Questions" class="number">2</td>' in line
    assert '<td data-name="Claims stated" class="number">5</td>' in line
    county = page[names[-1] :].partition("</tr>")[0]
    assert 'class="mark' not in county, "who holds nothing is of no side"


def test_letters_are_those_of_last_names(client, published):
    page = text(client, "/people/")
    assert 'href="?letter=o">O</a>' in page
    assert 'href="?letter=m"' not in page
    only = text(client, "/people/?letter=O")
    assert "Ṣadé Okoro" in only
    assert "Ellingwood" not in only
    assert "1 person whose last name begins with O" in only


def test_people_are_found_by_part_of_the_name(client, published):
    page = text(client, "/people/?name=pRAT")
    assert "Lemuel Pratt" in page
    assert "Okoro" not in page
    assert "Nobody of that name states a claim or holds a position here." in text(client, "/people/?name=%25")


def test_the_pages_of_the_list_keep_what_was_asked(client, published):
    PublishedPerson.objects.bulk_create(
        PublishedPerson(
            slug=f"ann-lee{number}",
            name=f"Ann Lee{number} & Co",
            claims=0,
            record={
                "person": f"ann-lee{number}",
                "name": f"Ann Lee{number} & Co",
                "positions": [],
                "states": [],
                "counts": {"topics": 0, "claims": 0, "stated": 0},
            },
        )
        for number in range(51)
    )
    assert 'href="?letter=l&amp;name=%26+Co&amp;page=2"' in text(client, "/people/?letter=l&name=%26+Co")


def topic_of(page, slug):
    """Give what the page says on a topic: what is stated, and what is held."""
    stated, _, held = page.partition(f'id="on_{slug}"')[2].partition("</section>")[0].partition(">Holds</h3>")
    return stated, held


def test_what_a_person_states_is_told_from_what_is_held(client, published):
    page = text(client, PERSON)
    assert "Named on 2 questions." in page
    stated, held = topic_of(page, factories.TOPIC)
    assert f'<a href="{TOPIC}">Replacing or repairing the footbridge</a>' in stated
    assert f'<a href="{TOPIC}#s1">The oak frame is sound and needs only two new planks.</a>' in stated
    assert "Well-kept timber" not in page, "a claim of the position that a work of nobody states"
    assert "<h4>Mend what stands</h4>" in held
    assert f'<a href="{TOPIC}#s3">s3</a>' in held
    assert f'<a href="/topics/{factories.OTHER_TOPIC}/">Who should pay</a>' in page


def test_who_only_holds_states_nothing(client, published):
    page = text(client, "/people/lemuel-pratt/")
    assert ">States</h3>" not in page
    assert "<h4>Mend what stands</h4>" in page


def test_who_only_states_holds_nothing(client, published):
    page = text(client, "/people/imaginary-county-of-wend/")
    assert ">Holds</h3>" not in page
    assert f'<a href="{TOPIC}#o3">' in page
    assert 'In <a href="/sources/county2021letter/">' in page


def test_a_person_is_told_who_answers_and_who_is_answered_in_words(client, published):
    page = text(client, PERSON)
    answered = page.partition("The oak frame is sound")[2].partition("</ul>")[0]
    assert "Opposing</span>" in answered
    assert f'<a href="{TOPIC}#o1"><span class="visually-hidden">claim </span>o1</a>' in answered
    assert '<span class="response response-rebuts">rebuts</span> this: The survey reports rot' in answered
    other = text(client, "/people/sade-okoro/").partition(">States</h3>")[2]
    assert 'It <span class="response response-undercuts">undercuts</span>' in other
    assert "Author’s side</span>" in other


def test_works_are_named_where_they_state_a_claim(client, published):
    page = text(client, PERSON)
    own = page.partition("Mending costs a tenth")[2].partition("</ul>")[0]
    assert 'In <a href="/sources/ellingwood2019walks/"><cite>Walks That Never Were: A Memoir</cite></a>' in own
    works = page.partition('id="part_works"')[2]
    assert works.index("ellingwood2021leave") < works.index("ellingwood2019walks")
    assert "pratt2018timber" not in works
    assert "pratt2018timber" in text(client, "/people/lemuel-pratt/").partition('id="part_works"')[2]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/people/nobody-here/", 404, "Nobody called &#x27;nobody-here&#x27; holds a position or states a claim here."),
        (f"/people/{'a' * 3000}/", 404, "states a claim here."),
        ("/people/a%00b/", 404, "Nothing is published at this address."),
        ("/people/?letter=ab", 400, "&#x27;letter&#x27; takes one letter"),
        ("/people/?letter=%25", 400, "takes one letter"),
        ("/people/?letter=é", 400, "takes one letter"),
        ("/people/?letter=%00", 400, "The value of &#x27;letter&#x27;"),
        ("/people/?name=%00", 400, "The value of &#x27;name&#x27;"),
        (f"/people/?name={'a' * 81}", 400, "too long"),
        ("/people/?page=9", 404, "The list of people has no page &#x27;9&#x27;."),
        ("/people/?name=<script>", 200, "&lt;script&gt;"),
        ("/people/compare/", 400, "Name two different people"),
        ("/people/compare/?b=mara-ellingwood", 400, "Name two different people"),
        ("/people/compare/?a=mara-ellingwood&b=mara-ellingwood", 400, "Name two different people"),
        ("/people/compare/?a=nobody-here", 404, "Nobody called &#x27;nobody-here&#x27;"),
        ("/people/compare/?a=mara-ellingwood&b=nobody-here", 404, "Nobody called &#x27;nobody-here&#x27;"),
        ("/people/compare/?a=%00&b=x", 400, "The value of &#x27;a&#x27;"),
    ],
)
def test_hostile_values_are_refused_with_a_sentence(client, published, address, status, words):
    assert words in text(client, address, status)


def test_a_person_is_compared_with_those_on_the_same_questions(client, published):
    assert f'href="/people/compare/?a={factories.PERSON}"' in text(client, PERSON)
    page = text(client, f"/people/compare/?a={factories.PERSON}")
    found = page.partition('class="part sharing"')[2].partition("</ul>")[0]
    names = ("Änne Brückner", "Imaginary County of Wend", "Ṣadé Okoro", "Lemuel Pratt")
    assert all(f">{name}</a>" in found for name in names)
    assert found.index("2 questions") < found.index("1 question<"), "who shares most comes first"
    assert ">Mara Ellingwood</a>" not in found


def test_two_people_stand_side_by_side_on_the_questions_they_share(client, published):
    page = text(client, f"/people/compare/?a={factories.PERSON}&b=lemuel-pratt")
    assert "Both are named on 1 question." in page
    one, other = page.partition('<div class="two">')[2].split('<p class="whose">')[1:]
    assert "The oak frame is sound" in one
    assert "The oak frame is sound" not in other
    assert "<h4>Mend what stands</h4>" in other
    assert factories.OTHER_TOPIC not in page


def test_two_who_share_no_question_are_told_so(client, published):
    PublishedPerson.objects.create(
        slug="ann-lee",
        name="Ann Lee",
        claims=0,
        record={
            "person": "ann-lee",
            "name": "Ann Lee",
            "positions": [],
            "states": [],
            "counts": {"topics": 0, "claims": 0, "stated": 0},
        },
    )
    assert "No question here names both." in text(client, f"/people/compare/?a={factories.PERSON}&b=ann-lee")
    assert "Nobody else is named on these questions." in text(client, "/people/compare/?a=ann-lee")


def test_nobody_is_published_yet(client, db):
    assert "0 people" in text(client, "/people/")


def test_who_only_wrote_or_edited_cited_works_is_looked_for(client, published):
    """The linked data names everybody at such an address."""
    known = set(PublishedPerson.objects.values_list("slug", flat=True))
    authors = {
        name_line(name)
        for record in map(SourceRecord.model_validate, PublishedSource.objects.values_list("record", flat=True))
        for name in (*record.author, *record.editor, *record.translator)
    }
    others = [name for name in authors if person_slug(name) not in known]
    assert others
    for name in others:
        response = client.get(f"/people/{person_slug(name)}/")
        assert (response.status_code, response["Location"]) == (302, f"/search/?{urlencode({'q': name})}")
        assert client.get(response["Location"]).status_code == 200
