"""Line items of links: as the launch named them, else found in the course, else made there."""

from typing import Final
from urllib.parse import urlsplit

from perspectives.actions.lti import keys
from perspectives.clients.http import FetchError
from perspectives.clients.lti import services
from perspectives.models import LtiAssignment
from perspectives.rules.classroom import codes
from perspectives.rules.lti import line_items as rules
from perspectives.rules.lti.addresses import with_query

_MADE: Final = frozenset({200, 201})


def address_of(link: LtiAssignment) -> str:
    """Give the address of a link's line item, which is written down for the next time.

    It is looked for before it is made, so that whoever was ended before it was written down makes no second one.
    Raises FetchError where there is none and none may be made, and UnreachableError where later may be better.
    """
    if not link.lineitem_url:
        obstacle = rules.obstacle("", link.lineitems_url, link.scopes)
        if obstacle:
            raise FetchError(obstacle)
        link.lineitem_url = _found(link) or _made(link)
        link.save(update_fields=["lineitem_url"])
    return link.lineitem_url


def _found(link: LtiAssignment) -> str:
    access = keys.access(link.course.deployment.registration, rules.reading_scope(link.scopes))
    asked = with_query(link.lineitems_url, resource_link_id=link.resource_link_id)
    listed = services.pages(access, asked, accept=rules.LIST_TYPE)
    items = [one for page in listed if isinstance(page, list) for one in page]
    item = rules.found(items, link.classroom_id or 0, link.resource_link_id)
    return _address(item, link) if item else ""


def _made(link: LtiAssignment) -> str:
    if rules.SCOPE not in link.scopes or link.classroom is None:
        raise FetchError(rules.READ_ONLY)
    wanted = rules.body(link.classroom.pk, link.resource_link_id, f"Class {codes.shown_code(link.classroom.code)}")
    access = keys.access(link.course.deployment.registration, rules.SCOPE)
    answer = services.send(access, link.lineitems_url, wanted, kind=rules.CONTENT_TYPE)
    if answer.status not in _MADE:
        raise FetchError(f"{urlsplit(link.lineitems_url).hostname} answered {answer.status}: it makes no points.")
    return _address(services.content(answer), link)


def _address(item: object, link: LtiAssignment) -> str:
    found = rules.address(item, link.lineitems_url)
    if not found:
        raise FetchError(f"{urlsplit(link.lineitems_url).hostname} names points for the link that cannot be used.")
    return found
