"""How many notices somebody has not read, for the head of pages that are theirs alone."""

from django import template

from perspectives.models import User
from perspectives.queries.notices import notices

register = template.Library()


@register.simple_tag
def unread_notices(person: User) -> int:
    """Count them; one query."""
    return notices.unread_count(person)
