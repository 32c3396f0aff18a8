"""A real Chromium against a live server on the invented footbridge."""

import os

import pytest
from playwright.sync_api import sync_playwright

from perspectives.actions.accounts import api_keys
from perspectives.actions.webhooks import webhooks
from perspectives.models import (
    ApiKey,
    Article,
    Edition,
    FormattedBibliography,
    Topic,
    User,
    Webhook,
    WebhookDelivery,
)
from perspectives.vocab import BibliographyStyle, Role
from tests import factories
from tests.browser.install import find
from tests.browser.screenshots import FLAGS
from tests.people import account, cookies

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
"""Playwright keeps an event loop in this thread; Django would refuse its queries although nothing runs at once."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": find(), "args": list(FLAGS)}


@pytest.fixture(scope="package")
def playwright():
    """Playwright, and with it the event loop that it keeps in this thread, end with the folder's last test."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright, browser_type_launch_args):
    """One browser a worker; each test has a context of its own."""
    started = playwright.chromium.launch(**browser_type_launch_args)
    yield started
    started.close()


@pytest.fixture(scope="package")
def browser_context_args():
    """What all contexts share: nothing."""
    return {}


@pytest.fixture(scope="session")
def base_url():
    """Stand in for the plugin's own fixture, a method, which pytest 9 warns about; tests name whole addresses."""


@pytest.fixture
def site(transactional_db, published, live_server):
    """The address of a server that shows the published footbridge."""
    return live_server.url


@pytest.fixture
def formatted(site):
    """The references of every edition in all styles."""
    for edition in Edition.objects.all():
        for style in BibliographyStyle:
            runs = [{"text": f"Hale, in {style.label}.", "emphasis": False, "href": ""}]
            entries = dict.fromkeys(factories.source_records(), runs)
            FormattedBibliography.objects.create(
                sha256=edition.sha256, style=style, entries=entries, made_at=edition.published_at
            )


@pytest.fixture
def person(site):
    """Somebody with a password, a key and a webhook."""
    person = account("reader")
    api_keys.create(by=person, name="Reading room", scopes=["read", "suggest"], expires_at=None)
    webhook, _ = webhooks.add(by=person, address="https://93.184.215.14/of-a-tool-with-a-long-name/debatekb")
    WebhookDelivery.objects.filter(webhook=webhook).update(
        state="failed", status=500, error="93.184.215.14 answered 500; a success is 200 to 299.", attempts=1
    )
    return person


@pytest.fixture
def signed_in(context, person, site):
    """Let the browser's pages be those of somebody who is signed in."""
    context.add_cookies(cookies(person, site))


@pytest.fixture
def page_of(browser, site):
    """Open a page in a browser of its own for somebody of this name, who is signed in: a moderator unless said."""
    contexts = []

    def open_page(username, role=Role.MODERATOR, **options):
        somebody, _ = User.objects.get_or_create(username=username, defaults={"role": role})
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        context.add_cookies(cookies(somebody, site))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def addresses(site, signed_in):
    """One page of every type."""
    topic = f"/topics/{Topic.objects.order_by('order').values_list('slug', flat=True)[0]}/"
    article = f"/articles/{Article.objects.get().slug}/"
    paths = {
        "home": "/",
        "tag": "/?tag=bridges",
        "topic": topic,
        "brief": f"{topic}brief/",
        "editions": f"{topic}editions/",
        "edition": f"{topic}editions/1/",
        "opposing only": f"{topic}?view=opposing",
        "evidence only": f"{topic}?view=evidence&first=neutral",
        "map": f"{topic}map/",
        "handout": f"{topic}handout/",
        "worksheet": f"{topic}worksheet/",
        "worksheet of all": f"{topic}worksheet/?side=all",
        "teach": f"{topic}teach/",
        "quiz": "/quiz/?sheet=1",
        "quiz of rebuttals": "/quiz/?sheet=1&ask=rebuttal",
        "tray": "/tray/",
        "articles": "/articles/",
        "article": article,
        "search": "/search/?q=timber",
        "sources": "/sources/",
        "source": f"/sources/{factories.ARTICLE_SOURCE}/",
        "timeline": "/timeline/",
        "timeline of a decade": f"/timeline/?from=2020&to=2029&topic={factories.TOPIC}",
        "people": "/people/",
        "person": f"/people/{factories.PERSON}/",
        "people-sharing": f"/people/compare/?a={factories.PERSON}",
        "people-compared": f"/people/compare/?a={factories.PERSON}&b=sade-okoro",
        "about": "/about/",
        "sign-in": "/account/sign-in/",
        "sign-up": "/account/sign-up/",
        "password reset": "/account/password/reset/",
        "account": "/account/",
        "profile": "/account/profile/",
        "e-mail address": "/account/email/",
        "password": "/account/password/",
        "second factor": "/account/second-factor/",
        "your data": "/account/data/",
        "erase": "/account/erase/",
        "keys": "/account/keys/",
        "revoke": f"/account/keys/{ApiKey.objects.get().pk}/revoke/",
        "webhooks": "/account/webhooks/",
        "webhook": f"/account/webhooks/{Webhook.objects.get().pk}/",
        "remove webhook": f"/account/webhooks/{Webhook.objects.get().pk}/remove/",
        "embedded topic": f"/embed{topic}",
        "embedded brief": f"/embed{topic}brief/",
        "embedded map": f"/embed{topic}map/",
        "embedded claim": f"/embed/claims/{factories.TOPIC}/s2/",
        "embedded nothing": f"/embed/claims/{factories.TOPIC}/s99/",
        "missing": "/nowhere/",
        "bad": "/?tag=%00",
    }
    return {name: site + path for name, path in paths.items()}


@pytest.fixture
def complaints(page):
    """What the browser's console and the page's errors say; refused addresses aside."""
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type in {"error", "warning"} and "status of 40" not in message.text
            else None
        ),
    )
    return said
