"""The shapes of what tells of everything: the dataset's manifest, and the files of linked data."""

from pydantic import AwareDatetime

from perspectives.api.schema.fields import Address, Count, Sha256
from perspectives.rules.documents.fields import Part


class Licence(Part):
    """Under what licence it may be used."""

    name: str
    url: Address


class DatasetFile(Part):
    """A file in the zip; `rows` tells how many records a list has."""

    name: str
    media_type: str
    bytes: Count
    sha256: Sha256
    rows: Count | None = None


class DatasetZip(Part):
    """The zip: where it is, and by what to check it."""

    url: Address
    name: str
    media_type: str
    bytes: Count
    sha256: Sha256


class DatasetManifest(Part):
    """What the dataset holds.

    `state` is the SHA-256 of the hashes of its editions and of the lists of retractions, checks and confirmations,
    sorted, each ended by a line feed.
    """

    state: Sha256
    form: str
    is_current: bool
    published_at: AwareDatetime
    made_at: AwareDatetime
    licence: Licence
    zip: DatasetZip
    files: tuple[DatasetFile, ...]


class LinkedDataFile(Part):
    """The same in one format."""

    url: Address
    media_type: str


class LinkedDataFiles(Part):
    """The files, the vocabulary that they use, and the shapes that they keep to."""

    files: tuple[LinkedDataFile, ...]
    vocabulary: Address
    shapes: Address
