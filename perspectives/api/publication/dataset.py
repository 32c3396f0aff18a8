"""The whole knowledge base for download: what the zip holds, and the zip itself."""

import re
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from perspectives.api.http import caching, formats, problems
from perspectives.api.http.errors import respond
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import dataset_shapes
from perspectives.models import Dataset
from perspectives.queries.publication import datasets
from perspectives.queries.publication.datasets import Described
from perspectives.rules.publication import dataset_descriptions
from perspectives.rules.publication.dataset import file_name
from perspectives.serving.lanes import Work

_NOT_YET = "The dataset has not been made yet: that takes a moment after the first publication; try again in a while."
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,12})-(\d{0,12})|-(\d{1,12}))")
"""One range; of several the whole file is given, as RFC 9110 allows."""


def _as_croissant(view: ResourceView, manifest: dict[str, Any]) -> bytes:
    address = view.request.build_absolute_uri(reverse("api:dataset"))
    return formats.json_bytes(dataset_descriptions.croissant(manifest, address))


class DatasetView(ResourceView):
    """Everything that is published as one file for download: its manifest, and with the suffix `.zip` the file.

    The suffix `.jsonld` gives its description as schema.org's Dataset, with what Croissant adds. It is made in the
    background: `is_current` says whether it holds the last publication. The same state has the same bytes, so that its
    SHA-256 can be cited.
    """

    work = Work.FILES
    shape = dataset_shapes.DatasetManifest
    renderer_classes = [
        formats.JsonRenderer,
        formats.JSON_LD.renderer(_as_croissant),
        formats.ZIP.renderer(lambda _view, dataset: bytes(dataset.body)),
    ]

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give the manifest or the zip; 503 before there is one."""
        if self.form is formats.ZIP:
            dataset = datasets.newest()
            return self.download(dataset) if dataset else respond(problems.UNAVAILABLE, _NOT_YET)
        described = datasets.described()
        return self.respond(_manifest(request, described)) if described else respond(problems.UNAVAILABLE, _NOT_YET)

    def download(self, dataset: Dataset) -> HttpResponse:
        """Give the zip as a file to be kept."""
        response = self.respond(dataset)
        response["Content-Disposition"] = f'attachment; filename="{file_name(dataset.state)}"'
        response["ETag"] = f'"{dataset.sha256}"'
        response["Last-Modified"] = caching.modified_header(dataset.made_at)
        response["Accept-Ranges"] = "bytes"
        return response

    def finished(self, request: Request, response: HttpResponse) -> HttpResponse:
        """Cut down the zip to the range that is asked for (RFC 9110, 14): a download that broke off goes on.

        The conditions of the request come first.
        """
        whole = super().finished(request, response)
        is_file = whole.status_code == HTTPStatus.OK and "Accept-Ranges" in whole
        if request.method != "GET" or not is_file or not _is_same(request.headers.get("if-range"), whole):
            return whole
        asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
        return _part(asked, whole) if asked else whole


def _is_same(condition: str | None, whole: HttpResponse) -> bool:
    """Whether what the reader has a part of is this file, by its strong ETag or its exact time (If-Range)."""
    return condition is None or condition.strip() in {whole["ETag"], whole["Last-Modified"]}


def _part(asked: re.Match[str], whole: HttpResponse) -> HttpResponse:
    """Cut out a range: the bytes from the first to the last, or so many at the end; a problem where there are none."""
    size = len(whole.content)
    first, last, suffix = asked.groups()
    start = int(first) if first else max(size - int(suffix), 0)
    end = min(int(last) + 1, size) if last else size
    if start >= end:
        sentence = f"The file has {size} bytes, from 0 to {size - 1}; 'Range' asks for none of them."
        response = respond(problems.RANGE_NOT_SATISFIABLE, sentence)
        response["Content-Range"] = f"bytes */{size}"
        return response
    whole.status_code = HTTPStatus.PARTIAL_CONTENT
    whole["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    whole.content = whole.content[start:end]
    return whole


def _manifest(request: Request, dataset: Described) -> dict[str, Any]:
    return {
        **dataset.manifest,
        "is_current": dataset.is_current,
        "made_at": dataset.made_at,
        "zip": {
            "url": request.build_absolute_uri(reverse("api:dataset", kwargs={"format": formats.ZIP.suffix})),
            "name": file_name(dataset.state),
            "media_type": formats.ZIP.media_type,
            "bytes": dataset.size,
            "sha256": dataset.sha256,
        },
    }
