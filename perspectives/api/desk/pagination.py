"""Pages of the desk's lists: fifty records, and the address of the next page where there is one."""

from collections.abc import Sequence
from typing import Any, Final

from perspectives.api.http import pagination
from perspectives.api.http.conventions import Parameter

QUERY: Final = {"cursor": Parameter("Where the page starts: taken from `next`, never made up.", pagination.CURSOR)}
"""What every list takes in its address."""


class DeskPages(pagination.CursorPages):
    """Pages that tell the next one alone, and only if there is one."""

    def envelope(self, records: Sequence[Any]) -> dict[str, Any]:
        """Wrap a page's records."""
        following = self.get_next_link()
        return {**({"next": following} if following else {}), "results": records}
