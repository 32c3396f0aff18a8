"""What the OpenAPI document says of `group_by=`: the parameter, and the members that a page of counts has."""

from collections.abc import Mapping
from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter

from perspectives.api.schema.suffixes import view_of

PARAMETER: Final = "group_by"
MOST: Final = 2
"""By how many properties one may count at once."""
_REFERENCE: Final = "#/components/schemas/"
_WORDS: Final = (
    "Counts of all records that match, by one or two of these, instead of the records; JSON and CSV. It does not go "
    "with what chooses among records: `fields`, `include`, `cursor`, and other than by default `limit` and `ordering`."
)


def parameter(groupings: Mapping[str, Any]) -> OpenApiParameter:
    """Describe the parameter of a resource."""
    items = {"type": "string", "enum": [*groupings]}
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": MOST, "uniqueItems": True}
    return OpenApiParameter(PARAMETER, schema, "query", description=_WORDS)


def tell_of_groups(document: dict[str, Any]) -> None:
    """Describe what pages have besides with `group_by=`."""
    for path, item in document["paths"].items():
        if any(one["name"] == PARAMETER for one in item["get"]["parameters"]):
            body = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            page = document["components"]["schemas"][body["$ref"].removeprefix(_REFERENCE)]
            page["properties"] |= _members(view_of(path).groupings)
            page["properties"]["count"]["description"] = (
                "With `count=true` or `group_by`: how many records match, on all pages together."
            )


def _members(groupings: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        name: {**one.schema, "description": f"The value of `{name}`, if that is among `group_by` and known."}
        for name, one in groupings.items()
    }
    count = {"type": "integer", "minimum": 1, "description": "How many records have these values."}
    group = {"type": "object", "required": ["count"], "properties": {**values, "count": count}}
    return {
        "group_by": {
            "type": "array",
            "items": {"type": "string", "enum": [*groupings]},
            "description": "With `group_by`: by what was counted.",
        },
        "filters": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "With `group_by`: the filters that were applied, as they were given.",
        },
        "is_overlapping": {
            "type": "boolean",
            "description": "With `group_by`: whether a record may be in several groups; if not, their sum is `count`.",
        },
        "groups": {
            "type": "array",
            "items": group,
            "description": "With `group_by`: each group of records, with the values that they share; none is empty.",
        },
    }
