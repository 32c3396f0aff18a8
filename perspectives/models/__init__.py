"""Tables and their constraints; one module a noun."""

from perspectives.models.accounts.account import User
from perspectives.models.accounts.api_key import ApiKey
from perspectives.models.accounts.invitation import Invitation
from perspectives.models.documents.article import (
    Article,
    ArticleLink,
    ArticleSection,
    Finding,
    Passage,
    PassageClaim,
    PassageTopic,
)
from perspectives.models.documents.citation import Citation
from perspectives.models.documents.perspective import Claim, Gap, Holding, Person, Perspective, Response
from perspectives.models.documents.topic import Agreement, BibliographyEntry, Crux, Event, Topic, TopicTag
from perspectives.models.event_log import LogEntry, LogLink
from perspectives.models.intake import IntakeBatch, IntakeEntry
from perspectives.models.publication.dataset import Dataset
from perspectives.models.publication.edition import Edition, FormattedBibliography, Proposal
from perspectives.models.publication.handout import Handout
from perspectives.models.publication.published import (
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedPosition,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    PublishedWord,
)
from perspectives.models.publication.retraction import Retraction
from perspectives.models.source import Source
from perspectives.models.suggestion import Suggestion, SuggestionMessage

__all__ = [
    "Agreement",
    "ApiKey",
    "Article",
    "ArticleLink",
    "ArticleSection",
    "BibliographyEntry",
    "Citation",
    "Claim",
    "Crux",
    "Dataset",
    "Edition",
    "Event",
    "Finding",
    "FormattedBibliography",
    "Gap",
    "Handout",
    "Holding",
    "IntakeBatch",
    "IntakeEntry",
    "Invitation",
    "LogEntry",
    "LogLink",
    "Passage",
    "PassageClaim",
    "PassageTopic",
    "Person",
    "Perspective",
    "Proposal",
    "PublishedArticle",
    "PublishedClaim",
    "PublishedEvent",
    "PublishedPassage",
    "PublishedPerson",
    "PublishedPosition",
    "PublishedResponse",
    "PublishedSource",
    "PublishedTopic",
    "PublishedUse",
    "PublishedWord",
    "Response",
    "Retraction",
    "Source",
    "Suggestion",
    "SuggestionMessage",
    "Topic",
    "TopicTag",
    "User",
]
