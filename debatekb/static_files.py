"""Static files of the project and of installed packages: what is collected, and what of that is compressed."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNUSED = ("redoc", "swagger-ui-standalone-preset.*", "oauth2-*", "htmax-*", "htmx-4*", "htmx-2.js", "hx-*")
"""What no page uses of the packages with Swagger UI and htmx; to compress it would take most of a first start."""


class NeededFiles(AppDirectoriesFinder):
    """Finds the static files of installed applications; what is unused is not collected."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """List the files to collect, each with where it lies."""
        return super().list([*(ignore_patterns or ()), *UNUSED])


class HashedCompressed(CompressedManifestStaticFilesStorage):
    """Compresses only files whose names have their hash: pages name no others, except when all else has failed."""

    def compress_files(self, paths: Collection[str]) -> Iterator[tuple[str, str]]:
        """Compress some of `paths` and give the names of each with that of its compressed form."""
        hashed = set(self.hashed_files.values())
        yield from super().compress_files([path for path in paths if path in hashed])
