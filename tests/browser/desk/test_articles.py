"""A second article from nothing, without a pack: one makes and proposes it without a mouse, another publishes it."""

import sys
from collections import Counter

import pytest
from playwright.sync_api import expect

from perspectives.actions.intake import intake_reading
from perspectives.models import Article, IntakeBatch
from tests import factories
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible
from tests.browser.keyboard import press

TEXT = """
Plant Limes, and Plant Them Now. A lime cools the street below it as no awning can. Little Marling has
forty-one benches and not one of them stands in the shade at noon. The gardener says that limes drip on cars;
let the cars stand elsewhere. Bees come to limes from three parishes away. A tree costs less than a bench, and
it lasts longer than the council. Those who wait for a better tree will wait in the sun.
"""
PASSAGES = (
    ("A lime cools the street below it as no awning can.", "", "Shade", "shade-of-limes", "s1"),
    (
        "Little Marling has forty-one benches and not one of them stands in the shade at noon.",
        "not one of them stands in the shade at noon",
        "Shade",
        "shade-of-limes",
        "s2",
    ),
    ("The gardener says that limes drip on cars", "", "Shade", "shade-of-limes", "s3"),
    ("Bees come to limes from three parishes away.", "", "Cost", "cost-of-limes", "s1"),
    ("A tree costs less than a bench", "", "Cost", "cost-of-limes", "s2"),
    ("Those who wait for a better tree will wait in the sun.", "", "Cost", "cost-of-limes", "s3"),
)
WORKS = (
    ("holt2019shade", "Ada Holt", 2019, "Shade of broad leaves over paving"),
    ("reed2020roots", "Ben Reed", 2020, "Roots beneath the kerbs of a small town"),
    ("vance2018bees", "Cora Vance", 2018, "Bees and their distances in June"),
    ("moor2021honeydew", "Dan Moor", 2021, "Honeydew counted on parked metal"),
    ("kerr2017budgets", "Eva Kerr", 2017, "Budgets of parishes for green things"),
)
TOPICS = {
    "shade-of-limes": ("Shade from limes", "Do limes cool the streets of Little Marling?"),
    "cost-of-limes": ("What limes cost", "Are limes worth their price to Little Marling?"),
}
ARTICLE_KEY = "finch2024plant"


def bibtex():
    entries = (
        f"@article{{{key}, author={{{name}}}, title={{{title}}}, journal={{Annals of Invented Trees {number}}}, "
        f"year={{{year}}}, pages={{{number}-{number + 9}}}}}"
        for number, (key, name, year, title) in enumerate(WORKS, start=1)
    )
    return "\n".join(entries)


@pytest.fixture
def submissions():
    return Counter()


@pytest.fixture
def counted(page_of, submissions):
    """Open a page whose sent forms are counted, under the heading that stands in the list when they are sent."""
    heading = ["article"]

    def open_page(name):
        page = page_of(name)
        page.on(
            "request",
            lambda request: (
                submissions.update(heading[-1:])
                if request.method == "POST" and request.is_navigation_request()
                else None
            ),
        )
        return page

    return open_page, heading


def fill(page, **values):
    """Fill in fields by their names; what has choices is chosen."""
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def begin_article(page):
    page.goto("/desk/")
    press(page.get_by_role("navigation", name="Desk").get_by_role("link", name="Articles"))
    press(page.get_by_role("link", name="Begin an article"))
    assert_fits_and_is_accessible(page, "new article")
    typed = {
        "article": "plant-limes",
        "title": "Plant Limes, and Plant Them Now",
        "author-0-family": "Finch",
        "author-0-given": "Orla",
        "author_short": "Finch",
        "about": "Whether the invented town of Little Marling should plant lime trees, by Orla Finch, who sits there.",
        "category": "opinion",
        "issued": "2024-05-01",
        "URL": "https://marling.example/limes",
        "container-title": "The Little Marling Echo",
        "checked-metadata": "verified",
        "checked-text": "own-text",
        "outline": "Shade | Finch praises the shade of limes.\nCost | Finch holds that a tree is cheap.",
    }
    fill(page, **typed)
    press(page.get_by_role("button", name="Begin the article"))
    expect(page.get_by_role("status").filter(has_text="is begun")).to_be_visible()
    expect(page.get_by_role("note")).to_contain_text("pick at least one passage")


def hand_in_sources(page):
    page.goto("/desk/intake/")
    page.get_by_label("Paste them").fill(bibtex())
    press(page.get_by_role("button", name="Take in"))
    expect(page.get_by_role("status").filter(has_text="Taken in")).to_be_visible()
    intake_reading.read_next(batch_id=IntakeBatch.objects.latest("pk").pk)
    page.reload()
    page.get_by_label("Language of those").fill("en")
    press(page.get_by_label("I confirm the categories"), "Space")
    press(page.get_by_role("button", name="Add them"))
    expect(page.get_by_role("status").filter(has_text="5 added as sources")).to_be_visible()


def begin_topic(page, slug):
    title, question = TOPICS[slug]
    page.goto("/desk/articles/plant-limes/")
    press(page.get_by_role("link", name="Begin a topic"))
    expect(page.get_by_label("Article", exact=True)).to_have_value("plant-limes")
    typed = {
        "topic": slug,
        "title": title,
        "question": question,
        "background": "Little Marling is an invented town. Its council has been asked to plant forty limes.",
        "period.start": "2023",
        "period.end": "2024",
        "perspectives[0].label": "Plant now",
        "perspectives[0].summary": "Finch holds that limes are good for the town and cheap.",
    }
    fill(page, **typed)
    press(page.get_by_role("button", name="Begin the topic"))


def fill_sheet(page):
    press(page.get_by_role("link", name="Fill in the starting sheet"))
    keys = [key for key, *_ in WORKS]
    typed = {
        "opposing-label": "Plant something else",
        "opposing-summary": "Gardeners hold that limes are wrong for streets with cars.",
        "neutral-label": "Try one street",
        "neutral-summary": "Some would plant one street and count before all others.",
    }
    for number in (1, 2, 3):
        said = {
            f"s{number}": ("Limes do the streets of the town good in way", ARTICLE_KEY, "states"),
            f"o{number}": ("Limes do the streets of the town harm in way", keys[number - 1], "supports"),
            f"n{number}": ("Nobody in the town has counted limes in way", keys[number + 1], "context"),
        }
        for row, (text, source, relation) in said.items():
            typed |= {f"{row}-text": f"{text} {number}.", f"{row}-kind": "causal", f"{row}-source": source}
            typed[f"{row}-relation"] = relation
        for stance, letter, kind in (("opposing", "o", "rebuts"), ("neutral", "n", "qualifies")):
            row = f"s{number}-{stance}"
            typed |= {f"{row}-by": f"{letter}{number}", f"{row}-type": kind, f"{row}-note": "It says otherwise."}
    typed |= {"a1-text": "The town is hot in July.", "a2-text": "Trees take years to grow."}
    sides = dict.fromkeys(("author", "opposing", "neutral"), "Yes.")
    crux = {"question": "Do limes help?", "kind": "fact", **sides, "would_settle": "A count on one street."}
    fill(page, **typed, **{f"crux-{name}": value for name, value in crux.items()})
    press(page.get_by_role("button", name="Write it into the draft"))
    expect(page.locator("#balance")).to_contain_text("All 13 rules kept")


def pick_passages(page):
    page.goto("/desk/articles/plant-limes/")
    press(page.get_by_role("link", name="Pick passages from the text").first)
    page.get_by_label("The text of the article").fill(TEXT)
    for number, (passage, words, section, topic, claim) in enumerate(PASSAGES):
        fill(
            page,
            **{
                f"passages-{number}-passage": passage,
                f"passages-{number}-words": words,
                f"passages-{number}-section": section,
                f"passages-{number}-paraphrase": "Finch says why the town should plant limes.",
            },
        )
        row = page.locator(f"#row_{number + 1}")
        press(row.get_by_text("Topics and claims"))
        press(row.locator(f'[value="{topic}/{claim}"]'), "Space")
    assert_fits_and_is_accessible(page, "pick")
    press(page.get_by_role("button", name="Pick the passages"))
    expect(page.get_by_role("status").filter(has_text="6 passages picked")).to_be_visible()


def add_finding(page):
    press(page.get_by_role("link", name="Add a finding on passage p1"))
    fill(page, finding="contested", note="Holt measured less shade than Finch sees.")
    fill(page, **{"cites-0-source": "holt2019shade", "cites-0-relation": "disputes"})
    assert_fits_and_is_accessible(page, "finding")
    press(page.get_by_role("button", name="Add the finding").last)
    expect(page.locator("#part_passages_p1_findings_0")).to_contain_text("Holt measured less")


def propose(page, address):
    page.goto(address)
    press(page.get_by_role("link", name="Propose for publication"))
    page.get_by_label("What this edition changes").fill("The first edition.")
    press(page.get_by_role("button", name="Propose it"))
    expect(page.get_by_role("status")).to_contain_text("The draft is proposed")
    return page.url


def approve(page, proposal):
    page.goto(proposal)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_role("status")).to_contain_text("Edition 1 is published")


def test_a_second_article_from_nothing_to_readers(counted, submissions, page_of, site, capsys):
    open_page, heading = counted
    ada, ben = open_page("ada"), open_page("ben")
    begin_article(ada)
    heading.append("sources")
    hand_in_sources(ada)
    for slug in TOPICS:
        heading.append(slug)
        begin_topic(ada, slug)
        fill_sheet(ada)
        approve_later = propose(ada, f"/desk/topics/{slug}/")
        approve(ben, approve_later)
    heading.append("article")
    pick_passages(ada)
    add_finding(ada)
    approve(ben, propose(ada, "/desk/articles/plant-limes/"))
    with capsys.disabled():
        sys.stdout.write(f"\nsubmissions: {dict(submissions)}, together {submissions.total()}\n")
    assert all(submissions[slug] + submissions["sources"] <= 12 for slug in TOPICS)
    assert submissions.total() <= 20
    readers_find_both(ben, site)


def readers_find_both(page, site):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What 2 articles claim, and what scholars answer.")
    assert_fits_and_is_accessible(page, "home of two")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Articles").click()
    expect(page).to_have_url(f"{site}/articles/")
    assert_fits_and_is_accessible(page, "articles")
    page.get_by_role("link", name="Plant Limes, and Plant Them Now").click()
    expect(page.locator("section.passage")).to_have_count(6)
    expect(page.locator("main")).to_contain_text("not one of them stands in the shade at noon")
    expect(page.locator("main")).not_to_contain_text("forty-one")
    assert_accessible(page, "the second article")
    page.get_by_role("link", name="s2").first.click()
    expect(page.locator("#s2")).to_be_visible()
    page.goto(f"/articles/{factories.ARTICLE}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leave the Old Bridge Alone")
    found = page.request.get("/api/v1/claims/?article=plant-limes&limit=100").json()["results"]
    assert {one["topic"] for one in found} == set(TOPICS)


def test_a_passage_is_picked_anew_with_the_keyboard_alone(page_of, site):
    page = page_of("ada")
    page.goto(f"/desk/articles/{factories.ARTICLE}/")
    page.get_by_role("link", name="Pick p1 anew from the text").press("Enter")
    page.get_by_label("The text of the article").focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Bees come to limes from three parishes away.")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Passage p1 is picked anew")
    assert Article.objects.get().passages.get(identifier="p1").quote == "Bees come to limes from three parishes away."


@pytest.mark.parametrize("has_script", [True, False], ids=["with a script", "without a script"])
def test_the_pages_of_articles_fit_and_are_accessible(page_of, site, has_script):
    page = page_of("ada", java_script_enabled=has_script)
    guide = f"/desk/articles/{factories.ARTICLE}/"
    ways = ("", "preview/", "pick/", "pick/p1/", "edit/head/", "edit/outline/0/", "edit/passages/p1/", "add/links/")
    for way in (*ways, "edit/passages/p1/findings/0/", "remove/passages/p1/"):
        page.goto(f"{guide}{way}")
        if has_script:
            assert_fits_and_is_accessible(page, way)
        else:
            expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{guide}pick/")
    page.get_by_label("The passage").first.fill("Not in the text")
    page.get_by_role("button", name="Pick the passages").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was picked")
    if has_script:
        assert_accessible(page, "refused")
