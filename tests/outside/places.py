"""Values for the variables of the API's paths that the real content has."""

PLACES = {
    "slug": "minsk-ii",
    "topic": "minsk-ii",
    "claim": "s1",
    "article": "sachs-2024-fifth-offer",
    "passage": "p01",
    "person": "john-j-mearsheimer",
    "key": "sachs2024fifth",
    "number": 1,
    "before": 1,
    "after": 1,
}


def of_path(path: str) -> dict[str, str | int]:
    """Give the variables of a path, such as `/api/v1/topics/{slug}/`, values with which it is found."""
    known = {**PLACES, **({"slug": PLACES["article"]} if "/articles/" in path else {})}
    return {name: value for name, value in known.items() if f"{{{name}}}" in path}
