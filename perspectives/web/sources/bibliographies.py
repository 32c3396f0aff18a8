"""The forms in which citation programs take bibliographies, and where that of an edition lies in each."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse


@dataclass(frozen=True)
class BibliographyForm:
    """A form: what it is called, the suffix by which it is asked for, and its media type."""

    label: str
    suffix: str
    media_type: str


FORMS: Final = (
    BibliographyForm("BibTeX", "bibtex", "text/x-bibtex"),
    BibliographyForm("BibLaTeX", "bib", "application/x-bibtex"),
    BibliographyForm("RIS", "ris", "application/x-research-info-systems"),
    BibliographyForm("CSL-JSON", "csljson", "application/vnd.citationstyles.csl+json"),
)


@dataclass(frozen=True)
class Takeaway(BibliographyForm):
    """The bibliography of an edition in a form, and its address."""

    address: str


def of_edition(topic: str, number: int) -> tuple[Takeaway, ...]:
    """Say where the bibliography of an edition lies, which never changes."""
    return tuple(
        Takeaway(
            one.label,
            one.suffix,
            one.media_type,
            reverse("api:topic-edition", kwargs={"slug": topic, "number": number, "format": one.suffix}),
        )
        for one in FORMS
    )
