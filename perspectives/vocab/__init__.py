"""The words of the domain that have codes, shared by all layers; each value has a sentence that explains it.

A value is declared as `NAME = "code", "Sentence.", "Label"`: Django takes the label from the end.
"""

from collections.abc import Mapping

from perspectives.vocab.content import (
    ClaimKind,
    CruxKind,
    EditionOrigin,
    FindingKind,
    MetadataState,
    QuoteStatus,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
)
from perspectives.vocab.csl import CslType
from perspectives.vocab.desk import (
    AcceptReason,
    DeclineReason,
    EvidenceProblem,
    IntakeFormat,
    IntakeKind,
    IntakeState,
    ProposalQueue,
    ProposalStatus,
    SourceState,
    SuggestionKind,
    SuggestionStatus,
)
from perspectives.vocab.events import EventCode
from perspectives.vocab.made import BibliographyStyle, HandoutFormat, HandoutState
from perspectives.vocab.people import InvitationState, KeyState, Leaning, Role, Scope
from perspectives.vocab.term import Term

__all__ = [
    "PUBLIC",
    "AcceptReason",
    "BibliographyStyle",
    "ClaimKind",
    "CruxKind",
    "CslType",
    "DeclineReason",
    "EditionOrigin",
    "EventCode",
    "EvidenceProblem",
    "FindingKind",
    "HandoutFormat",
    "HandoutState",
    "IntakeFormat",
    "IntakeKind",
    "IntakeState",
    "InvitationState",
    "KeyState",
    "Leaning",
    "MetadataState",
    "ProposalQueue",
    "ProposalStatus",
    "QuoteStatus",
    "Relation",
    "ResponseType",
    "Role",
    "Scope",
    "SourceCategory",
    "SourceState",
    "Stance",
    "SuggestionKind",
    "SuggestionStatus",
    "Term",
]

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
}
"""The lists of codes that published content uses, by the names of the members that hold them."""
