"""The item types of the Citation Style Language, and what it says of works that have not appeared."""

from django.db.models import TextChoices


class PublicationStatus(TextChoices):
    """How far a work is that has not appeared as it will: CSL's `status` in the words of BibLaTeX's `pubstate`."""

    IN_PREPARATION = "in preparation"
    SUBMITTED = "submitted"
    FORTHCOMING = "forthcoming"
    IN_PRESS = "in press"
    PREPUBLISHED = "pre-published"


class CslType(TextChoices):
    """The item types of CSL 1.0.2; the Citation Style Language specification explains them."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BILL = "bill"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    CLASSIC = "classic"
    COLLECTION = "collection"
    DATASET = "dataset"
    DOCUMENT = "document"
    ENTRY = "entry"
    ENTRY_DICTIONARY = "entry-dictionary"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    EVENT = "event"
    FIGURE = "figure"
    GRAPHIC = "graphic"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    MANUSCRIPT = "manuscript"
    MAP = "map"
    MOTION_PICTURE = "motion_picture"
    MUSICAL_SCORE = "musical_score"
    PAMPHLET = "pamphlet"
    PAPER_CONFERENCE = "paper-conference"
    PATENT = "patent"
    PERFORMANCE = "performance"
    PERIODICAL = "periodical"
    PERSONAL_COMMUNICATION = "personal_communication"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REGULATION = "regulation"
    REPORT = "report"
    REVIEW = "review"
    REVIEW_BOOK = "review-book"
    SOFTWARE = "software"
    SONG = "song"
    SPEECH = "speech"
    STANDARD = "standard"
    THESIS = "thesis"
    TREATY = "treaty"
    WEBPAGE = "webpage"


IN_SERIALS = (
    CslType.ARTICLE_JOURNAL,
    CslType.ARTICLE_MAGAZINE,
    CslType.ARTICLE_NEWSPAPER,
    CslType.REVIEW,
    CslType.REVIEW_BOOK,
)
"""The types of what appears in journals, magazines and newspapers."""
