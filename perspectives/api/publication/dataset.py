"""The whole knowledge base for download: what the zip holds, and the zip itself."""

from typing import Any

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
from perspectives.rules.publication.dataset import file_name
from perspectives.serving.lanes import Work

_NOT_YET = "The dataset has not been made yet: that takes a moment after the first publication; try again in a while."


class DatasetView(ResourceView):
    """Everything that is published as one file for download: its manifest, and with the suffix `.zip` the file.

    It is made in the background: `is_current` says whether it holds the last publication. The same state has the same
    bytes, so that its SHA-256 can be cited.
    """

    work = Work.FILES
    shape = dataset_shapes.DatasetManifest
    renderer_classes = [formats.JsonRenderer, formats.ZIP.renderer(lambda _view, dataset: bytes(dataset.body))]

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
        return response


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
