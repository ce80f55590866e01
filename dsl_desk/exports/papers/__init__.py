"""Papers: values in, PDF bytes out. Each paper has its own content value and one function; `render` picks it."""

from collections.abc import Callable
from typing import Any

from dsl_desk.exports.papers.access_log import AccessLog, access_log_pdf
from dsl_desk.exports.papers.chronology import Chronology, chronology_pdf
from dsl_desk.exports.papers.companion_note import CompanionNote, companion_note_pdf
from dsl_desk.exports.papers.completeness import Completeness, completeness_pdf
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, disposal_certificate_pdf
from dsl_desk.exports.papers.exhibit_labels import ExhibitLabels, exhibit_labels_pdf
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.governor_summary import governor_summary_pdf
from dsl_desk.exports.papers.halt_card import HaltCard, halt_card_pdf
from dsl_desk.exports.papers.handover_receipt import HandoverReceipt, handover_receipt_pdf
from dsl_desk.exports.papers.laptop_taken import LaptopTaken, laptop_taken_pdf
from dsl_desk.exports.papers.officer_summary import OfficerSummary, officer_summary_pdf
from dsl_desk.exports.papers.recovery_envelopes import RecoveryEnvelopes, recovery_envelopes_pdf
from dsl_desk.exports.papers.referral_sheet import ReferralSheet, referral_sheet_pdf
from dsl_desk.exports.papers.register import RegisterItem, RegisterList, register_item_pdf, register_list_pdf
from dsl_desk.exports.papers.review_record import ReviewRecord, review_record_pdf
from dsl_desk.exports.papers.root_fingerprint import RootFingerprint, root_fingerprint_pdf
from dsl_desk.exports.papers.transport_cover import TransportCover, transport_cover_pdf
from dsl_desk.exports.summary import GovernorSummary

Paper = (
    ReviewRecord
    | OfficerSummary
    | Chronology
    | ExhibitLabels
    | Completeness
    | ReferralSheet
    | HaltCard
    | RootFingerprint
    | RecoveryEnvelopes
    | LaptopTaken
    | HandoverReceipt
    | DisposalCertificate
    | GovernorSummary
    | CompanionNote
    | TransportCover
    | AccessLog
    | RegisterList
    | RegisterItem
)


def render(paper: Paper, frame: PageFrame) -> bytes:
    """Set any paper as PDF; the same values always give the same bytes."""
    setters: dict[type, Callable[[Any, PageFrame], bytes]] = {
        ReviewRecord: review_record_pdf,
        OfficerSummary: officer_summary_pdf,
        Chronology: chronology_pdf,
        ExhibitLabels: exhibit_labels_pdf,
        Completeness: completeness_pdf,
        ReferralSheet: referral_sheet_pdf,
        HaltCard: halt_card_pdf,
        RootFingerprint: root_fingerprint_pdf,
        RecoveryEnvelopes: recovery_envelopes_pdf,
        LaptopTaken: laptop_taken_pdf,
        HandoverReceipt: handover_receipt_pdf,
        DisposalCertificate: disposal_certificate_pdf,
        GovernorSummary: governor_summary_pdf,
        CompanionNote: companion_note_pdf,
        TransportCover: transport_cover_pdf,
        AccessLog: access_log_pdf,
        RegisterList: register_list_pdf,
        RegisterItem: register_item_pdf,
    }
    return setters[type(paper)](paper, frame)
