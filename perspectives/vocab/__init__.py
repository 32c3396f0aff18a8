"""The words of the domain that have codes, shared by all layers; each value has a sentence that explains it.

A value is declared as `NAME = "code", "Sentence.", "Label"`: Django takes the label from the end.
"""

from collections.abc import Mapping

from perspectives.vocab.classroom import ActivityKind as ActivityKind
from perspectives.vocab.classroom import ActivityPhase as ActivityPhase
from perspectives.vocab.classroom import PollCorner as PollCorner
from perspectives.vocab.content import ClaimKind as ClaimKind
from perspectives.vocab.content import CruxKind as CruxKind
from perspectives.vocab.content import EditionOrigin as EditionOrigin
from perspectives.vocab.content import FindingKind as FindingKind
from perspectives.vocab.content import MetadataState as MetadataState
from perspectives.vocab.content import QuotationMatch as QuotationMatch
from perspectives.vocab.content import QuoteStatus as QuoteStatus
from perspectives.vocab.content import Relation as Relation
from perspectives.vocab.content import ResponseType as ResponseType
from perspectives.vocab.content import SourceCategory as SourceCategory
from perspectives.vocab.content import Stance as Stance
from perspectives.vocab.csl import IN_SERIALS as IN_SERIALS
from perspectives.vocab.csl import CslType as CslType
from perspectives.vocab.csl import PublicationStatus as PublicationStatus
from perspectives.vocab.desk import AcceptReason as AcceptReason
from perspectives.vocab.desk import DeclineReason as DeclineReason
from perspectives.vocab.desk import EvidenceProblem as EvidenceProblem
from perspectives.vocab.desk import IntakeFormat as IntakeFormat
from perspectives.vocab.desk import IntakeKind as IntakeKind
from perspectives.vocab.desk import IntakeState as IntakeState
from perspectives.vocab.desk import ProposalQueue as ProposalQueue
from perspectives.vocab.desk import ProposalStatus as ProposalStatus
from perspectives.vocab.desk import SourceState as SourceState
from perspectives.vocab.desk import SuggestionKind as SuggestionKind
from perspectives.vocab.desk import SuggestionStatus as SuggestionStatus
from perspectives.vocab.events import EventCode as EventCode
from perspectives.vocab.evidence import NEEDS_EDITOR as NEEDS_EDITOR
from perspectives.vocab.evidence import OUTCOMES as OUTCOMES
from perspectives.vocab.evidence import CheckKind as CheckKind
from perspectives.vocab.evidence import CheckOutcome as CheckOutcome
from perspectives.vocab.evidence import CheckState as CheckState
from perspectives.vocab.evidence import TextOrigin as TextOrigin
from perspectives.vocab.lti import LtiContent as LtiContent
from perspectives.vocab.lti import LtiGradeState as LtiGradeState
from perspectives.vocab.made import BibliographyStyle as BibliographyStyle
from perspectives.vocab.made import HandoutFormat as HandoutFormat
from perspectives.vocab.made import HandoutState as HandoutState
from perspectives.vocab.notices import MailFrequency as MailFrequency
from perspectives.vocab.notices import NoticeKind as NoticeKind
from perspectives.vocab.people import InvitationState as InvitationState
from perspectives.vocab.people import KeyState as KeyState
from perspectives.vocab.people import Leaning as Leaning
from perspectives.vocab.people import Role as Role
from perspectives.vocab.people import Scope as Scope
from perspectives.vocab.term import Term as Term
from perspectives.vocab.webhooks import DeliveryState as DeliveryState
from perspectives.vocab.webhooks import MessageType as MessageType
from perspectives.vocab.webhooks import WebhookState as WebhookState

PUBLIC: Mapping[str, type[Term]] = {
    "stance": Stance,
    "claim_kind": ClaimKind,
    "response_type": ResponseType,
    "relation": Relation,
    "source_category": SourceCategory,
    "crux_kind": CruxKind,
    "finding": FindingKind,
    "quote_status": QuoteStatus,
    "metadata_state": MetadataState,
    "edition_origin": EditionOrigin,
    "check_kind": CheckKind,
    "check_outcome": CheckOutcome,
    "text_origin": TextOrigin,
}
"""The lists of codes that published content uses, by the names of the members that hold them."""
