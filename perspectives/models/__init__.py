"""Tables and their constraints; one module a noun."""

from perspectives.models.account import User
from perspectives.models.api_key import ApiKey
from perspectives.models.article import (
    Article,
    ArticleLink,
    ArticleSection,
    Finding,
    Passage,
    PassageClaim,
    PassageTopic,
)
from perspectives.models.citation import Citation
from perspectives.models.dataset import Dataset
from perspectives.models.edition import Edition, FormattedBibliography, Proposal
from perspectives.models.event_log import LogEntry
from perspectives.models.handout import Handout
from perspectives.models.intake import IntakeBatch, IntakeEntry
from perspectives.models.invitation import Invitation
from perspectives.models.perspective import Claim, Gap, Holding, Person, Perspective, Response
from perspectives.models.published import (
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
from perspectives.models.retraction import Retraction
from perspectives.models.source import Source
from perspectives.models.suggestion import Suggestion, SuggestionMessage
from perspectives.models.topic import Agreement, BibliographyEntry, Crux, Event, Topic, TopicTag

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
