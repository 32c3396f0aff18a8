"""What a link of a course opens: as it is chosen, as it is written into the link, as a launch brings it back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perspectives.rules.classroom import codes
from perspectives.rules.study.quiz import SHEETS
from perspectives.vocab import LtiContent

_PAGES: Final = {"topic": "", "brief": "brief/", "teach": "teach/"}
"""What can be chosen of a topic besides its quiz -> the end of its address."""
PAGES: Final = tuple(_PAGES)
_SLUG: Final = re.compile(r"[a-z0-9-]{1,80}")
_PATH: Final = re.compile(r"/topics/[a-z0-9-]{1,80}/(brief/|teach/)?")


@dataclass(frozen=True)
class Content:
    """A page (`path`), a quiz (`topic`, `sheet`) or a class (`code`)."""

    kind: LtiContent
    path: str = ""
    topic: str = ""
    sheet: int = 0
    code: str = ""

    @property
    def custom(self) -> dict[str, str]:
        """What the link of the course carries; the platform gives it back with each launch."""
        told = {"content": self.kind.value, "path": self.path, "topic": self.topic, "code": self.code}
        told["sheet"] = str(self.sheet or "")
        return {name: value for name, value in told.items() if value}


def page_of(topic: str, page: str) -> Content:
    """Give a page of a topic; `page` is one of PAGES."""
    return Content(LtiContent.MATERIAL, path=f"/topics/{topic}/{_PAGES[page]}")


def read(custom: Mapping[str, str]) -> Content | None:
    """Read what a launch brings back; None where it names nothing that we open."""
    kind, path, topic = custom.get("content", ""), custom.get("path", ""), custom.get("topic", "")
    if kind == LtiContent.MATERIAL and _PATH.fullmatch(path):
        return Content(LtiContent.MATERIAL, path=path)
    sheet = custom.get("sheet", "")
    if kind == LtiContent.QUIZ and _SLUG.fullmatch(topic) and re.fullmatch(r"[0-9]{1,9}", sheet):
        return Content(LtiContent.QUIZ, topic=topic, sheet=int(sheet)) if 1 <= int(sheet) <= SHEETS else None
    code = codes.typed_code(custom.get("code", ""))
    return Content(LtiContent.CLASS, code=code) if kind == LtiContent.CLASS and code else None
