"""How bodies are read: as JSON, and not more of them than the largest draft needs."""

import json
from collections.abc import Mapping
from typing import IO, Any, Final

from rest_framework.parsers import BaseParser

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError

MOST_BYTES: Final = 2_000_000
"""The longest body that is read; the largest topic is a twentieth of it."""


class JsonParser(BaseParser):
    """Reads JSON of `MOST_BYTES` at most; REST framework's own reads a body whole before it looks at its length."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Read a body. Raises RefusedError for one that is too large, or no JSON."""
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise RefusedError(problems.CONTENT_TOO_LARGE, f"The body may have {MOST_BYTES:,} bytes.")
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise RefusedError(problems.BAD_REQUEST, "The body is no JSON that can be read.") from error
