"""The dataset described for programs that load data: a Data Package (Frictionless), Croissant (schema.org)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from perspectives.rules.formats.table import COLUMNS
from perspectives.rules.publication.dataset_readme import LICENCE

Entry = Mapping[str, Any]
"""A file as the manifest tells of it: `name`, `media_type`, `bytes`, `sha256`, and `rows` of a list."""
TITLE: Final = "Debate KB: the dataset"
DESCRIPTION: Final = (
    "Contested questions: an author's position beside opposing and neutral scholarship, claim by claim, each with its "
    "citations."
)
_CSV: Final = ".csv"
_CROISSANT: Final = "http://mlcommons.org/croissant/"
_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": _CROISSANT,
    "dct": "http://purl.org/dc/terms/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": f"{_CROISSANT}RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def data_package(state: str, published_at: str, entries: Iterable[Entry]) -> dict[str, Any]:
    """Describe the tables as a Data Package, for the zip itself: each with its columns, size and checksum."""
    return {
        "name": "debatekb",
        "title": TITLE,
        "description": DESCRIPTION,
        "id": f"urn:sha256:{state}",
        "version": state[:12],
        "created": published_at,
        "licenses": [{"name": "CC-BY-4.0", "title": LICENCE["name"], "path": LICENCE["url"]}],
        "resources": [
            {
                "name": kind,
                "path": entry["name"],
                "format": "csv",
                "mediatype": entry["media_type"],
                "encoding": "utf-8",
                "bytes": entry["bytes"],
                "hash": f"sha256:{entry['sha256']}",
                "schema": {"fields": [_field(*column) for column in COLUMNS[kind].items()], "missingValues": [""]},
            }
            for kind, entry in _tables(entries)
        ],
    }


def croissant(manifest: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Describe the dataset, whose manifest is at `address`, as schema.org's Dataset with what Croissant adds."""
    zipped = manifest["zip"]
    tables = list(_tables(manifest["files"]))
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": address,
        "conformsTo": f"{_CROISSANT}1.0",
        "name": "debatekb",
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "url": address,
        "identifier": f"urn:sha256:{manifest['state']}",
        "version": f"1.0.0+{manifest['state'][:12]}",
        "datePublished": str(manifest["published_at"])[:10],
        "license": LICENCE["url"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": {"@type": "sc:Organization", "name": "Debate KB"},
        "citeAs": f"Debate KB, dataset, state {manifest['state'][:12]}. CC BY 4.0.",
        "distribution": [_archive(zipped), *(_contained(kind, entry) for kind, entry in tables)],
        "recordSet": [_record_set(kind) for kind, _ in tables],
    }


def _tables(entries: Iterable[Entry]) -> Iterable[tuple[str, Entry]]:
    return ((entry["name"].removesuffix(_CSV), entry) for entry in entries if entry["name"].endswith(_CSV))


def _field(column: str, place: str) -> dict[str, str]:
    return {"name": column, "type": "string", "description": f"In a record of the lists: {place}"}


def _archive(zipped: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": "zip",
        "name": zipped["name"],
        "contentUrl": zipped["url"],
        "encodingFormat": zipped["media_type"],
        "contentSize": f"{zipped['bytes']} B",
        "sha256": zipped["sha256"],
    }


def _contained(kind: str, entry: Entry) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{kind}{_CSV}",
        "name": entry["name"],
        "containedIn": {"@id": "zip"},
        "contentUrl": entry["name"],
        "encodingFormat": entry["media_type"],
        "contentSize": f"{entry['bytes']} B",
        "sha256": entry["sha256"],
    }


def _record_set(kind: str) -> dict[str, Any]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{kind}/{column}",
            "name": column,
            "description": _field(column, place)["description"],
            "dataType": "sc:Text",
            "source": {"fileObject": {"@id": f"{kind}{_CSV}"}, "extract": {"column": column}},
        }
        for column, place in COLUMNS[kind].items()
    ]
    return {"@type": "cr:RecordSet", "@id": kind, "name": kind, "field": fields}
