"""What PostgreSQL can do and Django does not name."""

from django.db.models import BooleanField, F, Func, JSONField, TextField, Value


class WithoutNulls(Func):
    """Leaves what is unknown out of JSON: nothing is ever null there."""

    function = "jsonb_strip_nulls"
    output_field = JSONField()


class HasBetween(Func):
    """Says whether an array of numbers has one from `first` to `last`, both included."""

    template = "EXISTS (SELECT FROM unnest(%(expressions)s))"
    arg_joiner = ") AS one WHERE one <@ ("
    output_field = BooleanField()

    def __init__(self, column: str, first: int, last: int) -> None:
        super().__init__(F(column), Func(Value(first), Value(last), Value("[]"), function="int4range"))


class EachOf(Func):
    """Gives a row for each member of an array, and one with NULL for an empty array."""

    template = "unnest(coalesce(nullif(%(expressions)s, '{}'), '{NULL}'))"
    set_returning = True
    arity = 1


class EachText(Func):
    """Gives a row for each text that a path of JSON leads to, and one with NULL where it leads to none."""

    template = "jsonb_array_elements_text(coalesce(nullif(jsonb_path_query_array(%(expressions)s), '[]'), '[null]'))"
    set_returning = True
    arity = 2
    output_field = TextField()
