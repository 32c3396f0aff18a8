"""Editors' confirmations of quotations, as the desk sees them."""

from django.db.models import QuerySet

from perspectives.errors import require_found
from perspectives.models import Citation, PublishedUse, QuotationConfirmation, Source


def is_quoted(source: Source, words: str) -> bool:
    """Whether a draft, or what is published, quotes these words from a source."""
    if not words:  # which a citation without a quotation has
        return False
    published = PublishedUse.objects.filter(source__key=source.key, record__cite__quote=words)
    return Citation.objects.filter(source=source, quote=words).exists() or published.exists()


def all_counting(source_id: int) -> QuerySet[QuotationConfirmation]:
    """List the confirmations of a source's quotations that count."""
    return QuotationConfirmation.objects.filter(source=source_id, withdrawn_at=None).select_related("by", "source")


def counting(source_id: int, words: str) -> QuotationConfirmation | None:
    """Find the confirmation of a quotation that counts."""
    return all_counting(source_id).filter(quote=words).first()


def confirmation(number: int, *, key: str = "") -> QuotationConfirmation:
    """Find a confirmation, of whatever source or of the one that is named. Raises NotFoundError."""
    found = QuotationConfirmation.objects.select_related("source", "by").filter(pk=number)
    found = found.filter(source__key=key) if key else found
    return require_found(found.first(), f"There is no confirmation {number}.")
