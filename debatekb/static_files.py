"""Static files of the project and of installed packages: what is collected, and what of that is compressed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNUSED = (
    *("redoc", "swagger-ui-standalone-preset.*", "oauth2-*", "htmax-*", "htmx-4*", "htmx-2.js", "hx-*"),
    *("account", "mfa", "rest_framework", "jquery.js", "select2.full.js", "xregexp.js"),
)
"""What no page uses of the packages with Swagger UI, htmx, accounts, the API and the admin's scripts in long form.

To compress it would slow a first start.
"""


WHOLE = ("perspectives/css/site.css", "perspectives/css/frame.css")
"""Style sheets that import others, which are written into them, so that a page waits for one file only."""
COMPRESSED = "compressed.txt"
"""Names the files that are compressed; written when all are, so that what was broken off is done again."""
_IMPORT = re.compile(r'@import "([\w.-]+)";')


class NeededFiles(AppDirectoriesFinder):
    """Finds the static files of installed applications; what is unused is not collected."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """List the files to collect, each with where it lies."""
        return super().list([*(ignore_patterns or ()), *UNUSED])


class HashedCompressed(CompressedManifestStaticFilesStorage):
    """Writes imported style sheets into those that import them, then hashes and compresses.

    Compresses only files whose names have their hash: pages name no others, except when all else has failed.
    """

    def post_process(self, paths: Mapping[str, tuple[Storage, str]], *args: Any, **options: Any) -> Iterator[Any]:
        """Make the collected files what is served; `paths` maps names to where each was collected from."""
        made = set(WHOLE) & paths.keys()
        for name in made:
            Path(self.path(name)).write_text(whole(name, paths), encoding="utf-8")
        yield from super().post_process({**paths, **{name: (self, name) for name in made}}, *args, **options)

    def compress_files(self, paths: Collection[str]) -> Iterator[tuple[str, str]]:
        """Compress some of `paths` and give the names of each with that of its compressed form.

        What was compressed before is left alone: a file of the same name, which has its hash, has the same bytes.
        """
        note = Path(self.path(COMPRESSED))
        done = set(note.read_text(encoding="utf-8").split("\n")) if note.exists() else set()
        hashed = set(self.hashed_files.values()) & set(paths)
        yield from super().compress_files(sorted(hashed - done))
        note.write_text("\n".join(sorted(hashed)), encoding="utf-8")


def whole(name: str, paths: Mapping[str, tuple[Storage, str]]) -> str:
    """Read a style sheet with those that it imports, which lie beside it, in place of their imports."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    return _IMPORT.sub(lambda found: whole(str(Path(name).with_name(found[1])), paths), text)
