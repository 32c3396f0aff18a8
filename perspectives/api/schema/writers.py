"""How resources are written in formats other than plain JSON: each function takes the view and what it gives."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from perspectives.api.http import formats
from perspectives.api.http.sparse import Record
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import formatted_references, published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.formats import table
from perspectives.rules.formats.argument import aif, argdown
from perspectives.rules.formats.bibliography import references as listing
from perspectives.rules.formats.bibliography import ris
from perspectives.rules.formats.linked_data import annotation, jsonld, jsonld_checks, triples, vocabulary
from perspectives.rules.formats.linked_data.jsonld_checks import Found
from perspectives.rules.formats.linked_data.vocabulary import Node
from perspectives.rules.publication import edition_form
from perspectives.rules.sources.csl import csl_item

DEFAULT_STYLE = "apa"


def linked_data(describe: Callable[[Any, Any], Node]) -> list[type[formats.FormatRenderer]]:
    """Make the renderers of linked data: `describe` takes the view and what it gives, and makes the one description."""
    return [
        formats.JSON_LD.renderer(lambda view, found: formats.json_bytes(describe(view, found))),
        formats.TURTLE.renderer(lambda view, found: _joined(triples.turtle([describe(view, found)], view.base))),
        formats.N_TRIPLES.renderer(lambda view, found: _joined(triples.ntriples([describe(view, found)], view.base))),
    ]


def _joined(pieces: Iterable[str]) -> bytes:
    return "".join(pieces).encode()


def _vocabulary(view: Any, _found: Any) -> Node:
    """Describe our own terms; as triples, each is a node."""
    return vocabulary.terms(view.base)


OF_VOCABULARY = linked_data(_vocabulary)


def _topic(view: Any, stored: Stored) -> Node:
    document = edition_form.topic(stored.body)
    return jsonld_checks.with_found(jsonld.topic(document, view.base), _found(document.sources), view.base)


def _article(view: Any, stored: Stored) -> Node:
    document = edition_form.article(stored.body)
    return jsonld_checks.with_found(jsonld.article(document, view.base), _found(document.sources), view.base)


def _claim(view: Any, claim: Record) -> Node:
    sources = _cited([claim])
    return jsonld_checks.with_found(jsonld.claim(claim, sources, view.base), _found(sources), view.base)


def _source(view: Any, source: Record) -> Node:
    node = jsonld.source(source["key"], source["record"], view.base)
    return jsonld_checks.with_found(node, Found(source["checks"], source["confirmations"]), view.base)


def _found(keys: Iterable[str]) -> Found:
    return check_reports.checked([*keys]).found


OF_TOPICS, OF_ARTICLES = linked_data(_topic), linked_data(_article)
OF_CLAIMS, OF_A_SOURCE = linked_data(_claim), linked_data(_source)


def topic_aif(_view: Any, stored: Stored) -> bytes:
    """Write a topic's argument as AIF."""
    return formats.json_bytes(aif.topic(edition_form.topic(stored.body)))


def topic_argdown(_view: Any, stored: Stored) -> bytes:
    """Write a topic's argument as Argdown."""
    return argdown.topic(edition_form.topic(stored.body)).encode()


def article_annotations(view: Any, stored: Stored) -> bytes:
    """Write the passages of an article guide as annotations."""
    document = edition_form.article(stored.body)
    return _annotations(view, annotation.of_article(document, view.base))


def claim_annotations(view: Any, claim: Record) -> bytes:
    """Write the quotations of a claim as annotations."""
    return claims_annotations(view, [claim])


def claims_annotations(view: Any, claims: Sequence[Record]) -> bytes:
    """Write the quotations of claims as annotations."""
    sources = _cited(claims)
    return _annotations(view, [item for claim in claims for item in annotation.of_claim(claim, sources, view.base)])


def passage_annotation(view: Any, passage: Record) -> bytes:
    """Write a passage as an annotation."""
    document, _ = published.article_document(passage["article"])
    return formats.json_bytes(annotation.of_passage(passage, document, view.base))


def csv(kind: str) -> formats.Writer:
    """Make the writer of a kind of list as a table."""
    return lambda _view, records: table.csv_text(kind, records).encode()


def _of_sources(write: Callable[[Any, Mapping[str, Record]], bytes]) -> formats.Writer:
    """Make a writer that takes one source or a list of them."""

    def writer(view: Any, found: Record | Sequence[Record]) -> bytes:
        entries = [found] if isinstance(found, dict) else found
        return write(view, {entry["key"]: entry["record"] for entry in entries})

    return writer


def _csl_json(_view: Any, sources: Mapping[str, Record]) -> bytes:
    return formats.json_bytes([csl_item(key, record) for key, record in sources.items()])


def _formatted(view: Any, sources: Mapping[str, Record]) -> Any:
    return formatted_references.formatted(sources, view.query.get("style", DEFAULT_STYLE))


def _of_edition(write: Callable[[Any, Mapping[str, Record]], bytes]) -> formats.Writer:
    """Make a writer that takes the stored edition of a topic, and writes the sources that it cites."""
    return lambda view, stored: write(view, json.loads(stored.body)["sources"])


def _biblatex(_view: Any, sources: Mapping[str, Record]) -> bytes:
    return formatted_references.biblatex(sources).encode()


def _bibtex(_view: Any, sources: Mapping[str, Record]) -> bytes:
    return formatted_references.bibtex(sources).encode()


def _ris(_view: Any, sources: Mapping[str, Record]) -> bytes:
    return ris.text(sources).encode()


_FOR_PROGRAMS = {formats.CSL_JSON: _csl_json, formats.BIBLATEX: _biblatex, formats.BIBTEX: _bibtex, formats.RIS: _ris}
OF_EDITIONS = [form.renderer(_of_edition(write)) for form, write in _FOR_PROGRAMS.items()]
"""The formats in which the bibliography of a topic's edition is given out, for citation programs."""
BIBLIOGRAPHIC = [
    *(form.renderer(_of_sources(write)) for form, write in _FOR_PROGRAMS.items()),
    formats.TEXT.renderer(_of_sources(lambda view, sources: listing.text(_formatted(view, sources)).encode())),
    formats.HTML.renderer(_of_sources(lambda view, sources: listing.html(_formatted(view, sources)).encode())),
]
"""The formats in which sources are given out, one as well as many."""


def _cited(claims: Sequence[Record]) -> Mapping[str, Record]:
    return published.source_records({cite["source"] for claim in claims for cite in claim["cites"]})


def _annotations(view: Any, items: Sequence[Record]) -> bytes:
    address = view.request.build_absolute_uri()
    return formats.json_bytes(annotation.page(address, items, collection=address))
