"""Everything that somebody can ask for; each command belongs to one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from openimr.casework.action_names import Action
from openimr.casework.commands_afterwards import (
    ApprovePublication,
    CancelInvoice,
    ComposeLetter,
    ConfirmReceipt,
    PrepareCorrection,
    RecordAppeal,
    RecordAppealDecision,
    RecordImplementation,
    RecordPayment,
    ReleaseCorrection,
    ReleaseDetermination,
    Remand,
    SendInvoice,
    ServePaper,
)
from openimr.casework.commands_application import (
    AddNote,
    AnswerInformation,
    AskAboutEligibility,
    AskOffice,
    AuthorizeInPart,
    ChangeParties,
    CloseInformation,
    Consolidate,
    ConvertToExpedited,
    CorrectApplication,
    DecideEligibility,
    DecideEligibilityAnew,
    DisputeDecision,
    EndDispute,
    FileAgain,
    FileApplication,
    JoinCase,
    LinkDuplicate,
    LinkPayer,
    NoteDuplicate,
    ResolveLiability,
    SaveDraft,
    ScreenApplication,
    TakeCase,
    TakeInCase,
    TakeOverCase,
    Terminate,
    UnlinkDuplicate,
)
from openimr.casework.commands_review import (
    AdoptDetermination,
    ApproveExtension,
    ApproveReviewers,
    Attest,
    ChaseRecords,
    CompleteRecords,
    Decline,
    FindUndecidable,
    LapseOffer,
    OpenDraft,
    PrepareDraft,
    ProposeReviewer,
    ReadCase,
    ReadDocument,
    ReceiveRecords,
    RecordView,
    RefuseFile,
    ReplaceReviewer,
    ReportConflict,
    ReportNobody,
    RequestInformation,
    ReturnForRewrite,
)

Command = (
    SaveDraft
    | FileApplication
    | CorrectApplication
    | FileAgain
    | ChangeParties
    | LinkDuplicate
    | UnlinkDuplicate
    | NoteDuplicate
    | Consolidate
    | TakeInCase
    | LinkPayer
    | JoinCase
    | TakeCase
    | TakeOverCase
    | AddNote
    | AskOffice
    | ScreenApplication
    | AskAboutEligibility
    | AnswerInformation
    | CloseInformation
    | DecideEligibility
    | DecideEligibilityAnew
    | ResolveLiability
    | EndDispute
    | AuthorizeInPart
    | Terminate
    | ConvertToExpedited
    | ReceiveRecords
    | RefuseFile
    | ChaseRecords
    | CompleteRecords
    | FindUndecidable
    | ReadDocument
    | ReadCase
    | ApproveReviewers
    | ProposeReviewer
    | ReportNobody
    | Attest
    | Decline
    | ReportConflict
    | ReplaceReviewer
    | LapseOffer
    | RecordView
    | PrepareDraft
    | OpenDraft
    | RequestInformation
    | AdoptDetermination
    | ReturnForRewrite
    | ApproveExtension
    | ComposeLetter
    | ReleaseDetermination
    | ServePaper
    | ConfirmReceipt
    | PrepareCorrection
    | ReleaseCorrection
    | RecordAppeal
    | RecordAppealDecision
    | Remand
    | RecordImplementation
    | ApprovePublication
    | SendInvoice
    | RecordPayment
    | CancelInvoice
)

COMMANDS: Mapping[Action, type[Command]] = {kind.action: kind for kind in get_args(Command)}
"""The command of each action."""

__all__ = [
    "COMMANDS",
    "Action",
    "AddNote",
    "AdoptDetermination",
    "AnswerInformation",
    "ApproveExtension",
    "ApprovePublication",
    "ApproveReviewers",
    "AskAboutEligibility",
    "AskOffice",
    "Attest",
    "AuthorizeInPart",
    "CancelInvoice",
    "ChangeParties",
    "ChaseRecords",
    "CloseInformation",
    "Command",
    "CompleteRecords",
    "ComposeLetter",
    "ConfirmReceipt",
    "Consolidate",
    "ConvertToExpedited",
    "CorrectApplication",
    "DecideEligibility",
    "DecideEligibilityAnew",
    "Decline",
    "DisputeDecision",
    "EndDispute",
    "FileAgain",
    "FileApplication",
    "FindUndecidable",
    "JoinCase",
    "LapseOffer",
    "LinkDuplicate",
    "LinkPayer",
    "NoteDuplicate",
    "OpenDraft",
    "PrepareCorrection",
    "PrepareDraft",
    "ProposeReviewer",
    "ReadCase",
    "ReadDocument",
    "ReceiveRecords",
    "RecordAppeal",
    "RecordAppealDecision",
    "RecordImplementation",
    "RecordPayment",
    "RecordView",
    "RefuseFile",
    "ReleaseCorrection",
    "ReleaseDetermination",
    "Remand",
    "ReplaceReviewer",
    "ReportConflict",
    "ReportNobody",
    "RequestInformation",
    "ResolveLiability",
    "ReturnForRewrite",
    "SaveDraft",
    "ScreenApplication",
    "SendInvoice",
    "ServePaper",
    "TakeCase",
    "TakeInCase",
    "TakeOverCase",
    "Terminate",
    "UnlinkDuplicate",
]
