"""A class on the invented footbridge, the teacher's browser, and phones of pupils."""

import pytest

from tests.browser.classroom.steps import DESK, PHONE
from tests.lesson import Lesson
from tests.people import account


@pytest.fixture
def teacher(site):
    """Somebody with an account, and no role."""
    return account("teacher")


@pytest.fixture
def lesson(teacher):
    """A class of the teacher."""
    return Lesson(teacher)


@pytest.fixture
def desk(page_of, teacher):
    """The browser of the teacher."""
    return page_of(teacher.username, viewport=DESK)


@pytest.fixture
def phone_of(browser, site):
    """Open a browser as small as a phone, which runs scripts or none."""
    contexts = []

    def open_phone(*, script=True):
        context = browser.new_context(base_url=site, java_script_enabled=script, viewport=PHONE, has_touch=True)
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()
