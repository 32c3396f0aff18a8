"""What the OpenAPI document says of the whole API: the settings of drf-spectacular."""

SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "perspectives.api.schema.generator.Readers",
    "TITLE": "Debate KB",
    "VERSION": "1",
    "DESCRIPTION": (
        "Contested questions: an author's position beside opposing and neutral scholarship, claim by claim, each with "
        "its citations. Read-only; published editions only."
    ),
    "CONTACT": {"name": "The editors of Debate KB, see /about/"},
    "LICENSE": {
        "name": "CC BY 4.0, except quotations, which belong to their authors",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "apiKey": {"type": "http", "scheme": "bearer", "description": "Not needed to read; it raises the limit."},
        },
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],
}
