"""What PostgreSQL can do and Django does not name."""

from django.db.models import Func, JSONField


class WithoutNulls(Func):
    """Leaves what is unknown out of JSON: nothing is ever null there."""

    function = "jsonb_strip_nulls"
    output_field = JSONField()
