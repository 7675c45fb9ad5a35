//! Codes of a status: stable names that pages and programs put into words.

use serde::{Deserialize, Serialize};

/// By whose word an act is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActGrade {
    /// Transcribed by the registrar and confirmed by the party.
    Confirmed,
    /// By the party itself.
    Own,
    /// Transcribed by the registrar from a public source, not yet confirmed by the party.
    Transcribed,
}

impl ActGrade {
    /// All of them.
    pub const ALL: &'static [ActGrade] = &[ActGrade::Confirmed, ActGrade::Own, ActGrade::Transcribed];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            ActGrade::Confirmed => "confirmed",
            ActGrade::Own => "own",
            ActGrade::Transcribed => "transcribed",
        }
    }
}

/// What a reader should know of a party's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteCode {
    /// It got its seat after the opening, by accession.
    Acceded,
    /// It applies the text before it is in force for it; that counts as nothing else.
    AppliesProvisionally,
    /// Its approval is known by the registrar's transcription only.
    ApprovedByTranscription,
    /// It approved with a declaration, which does not keep the approval from counting.
    ApprovalWithDeclaration,
    /// It decided anew; the approval has held since the decision whose place that took.
    ApprovedAnew,
    /// The decision that counts is challenged and not resolved.
    Challenged,
    /// It approved on conditions, and all of them are settled.
    ConditionsSettled,
    /// The same, but that one was settled is known by the registrar's transcription only.
    ConditionsSettledByTranscription,
    /// The record of the decision was corrected.
    Corrected,
    /// It had not approved earlier; the newer decision counts.
    EarlierRejection,
    /// The party has ended; its successors stand in the footnotes.
    Ended,
    /// The decision that counts is final, and extraordinarily challenged: it keeps its legal force meanwhile.
    ExtraordinaryChallenge,
    /// The decision that counts can still change by appeal.
    FinalityOpen,
    /// Some of the roles that must sign have signed; it does not count yet.
    PartlySigned,
    /// Its keys were enrolled again by the registrar after it had lost all.
    Reenrolled,
    /// The minutes of the decision were inspected again.
    Reinspected,
    /// A successor took the seat; its acts count there too.
    SeatTaken,
    /// A signature of it counts no more.
    SignatureInvalidated,
    /// It has signed and not approved.
    SignedBeforeApproval,
    /// It has signed; the decision is not yet final, which is lawful (KuntaL § 143).
    SignedNotFinal,
    /// It has signed a text that is not the one now to be approved.
    SignedOtherText,
    /// It has signed a text that differs from the approved one by minor technical changes, as its mandate allows.
    SignedTechnicalVariant,
    /// An act was by a key that may have been somebody else's: it keeps its effect and is contested.
    SuspectKey,
    /// It has given notice of withdrawal, which does not take effect yet and can be revoked.
    WithdrawalNotified,
    /// It has left: it is bound no more; what it approved and signed stays told.
    Withdrawn,
}

impl NoteCode {
    /// All of them.
    pub const ALL: &'static [NoteCode] = &[
        NoteCode::Acceded,
        NoteCode::AppliesProvisionally,
        NoteCode::ApprovedByTranscription,
        NoteCode::ApprovalWithDeclaration,
        NoteCode::ApprovedAnew,
        NoteCode::Challenged,
        NoteCode::ConditionsSettled,
        NoteCode::ConditionsSettledByTranscription,
        NoteCode::Corrected,
        NoteCode::EarlierRejection,
        NoteCode::Ended,
        NoteCode::ExtraordinaryChallenge,
        NoteCode::FinalityOpen,
        NoteCode::PartlySigned,
        NoteCode::Reenrolled,
        NoteCode::Reinspected,
        NoteCode::SeatTaken,
        NoteCode::SignatureInvalidated,
        NoteCode::SignedBeforeApproval,
        NoteCode::SignedNotFinal,
        NoteCode::SignedOtherText,
        NoteCode::SignedTechnicalVariant,
        NoteCode::SuspectKey,
        NoteCode::WithdrawalNotified,
        NoteCode::Withdrawn,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            NoteCode::Acceded => "acceded",
            NoteCode::AppliesProvisionally => "applies_provisionally",
            NoteCode::ApprovedByTranscription => "approved_by_transcription",
            NoteCode::ApprovalWithDeclaration => "approval_with_declaration",
            NoteCode::ApprovedAnew => "approved_anew",
            NoteCode::Challenged => "challenged",
            NoteCode::ConditionsSettled => "conditions_settled",
            NoteCode::ConditionsSettledByTranscription => "conditions_settled_by_transcription",
            NoteCode::Corrected => "corrected",
            NoteCode::EarlierRejection => "earlier_rejection",
            NoteCode::Ended => "ended",
            NoteCode::ExtraordinaryChallenge => "extraordinary_challenge",
            NoteCode::FinalityOpen => "finality_open",
            NoteCode::PartlySigned => "partly_signed",
            NoteCode::Reenrolled => "reenrolled",
            NoteCode::Reinspected => "reinspected",
            NoteCode::SeatTaken => "seat_taken",
            NoteCode::SignatureInvalidated => "signature_invalidated",
            NoteCode::SignedBeforeApproval => "signed_before_approval",
            NoteCode::SignedNotFinal => "signed_not_final",
            NoteCode::SignedOtherText => "signed_other_text",
            NoteCode::SignedTechnicalVariant => "signed_technical_variant",
            NoteCode::SuspectKey => "suspect_key",
            NoteCode::WithdrawalNotified => "withdrawal_notified",
            NoteCode::Withdrawn => "withdrawn",
        }
    }
}

/// Why what counts is contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestCode {
    /// The conditions on which the determination of an amendment rested hold no more, or were met later.
    AmendmentFallen,
    /// An organ or court set an approval aside.
    ApprovalAnnulled,
    /// An approval that the determination rested on counts no more: corrected, retracted or replaced by another position.
    ApprovalFallen,
    /// By what is known now the conditions were met later than the determination says.
    ConditionsLater,
    /// A party disputes it, and the dispute is open.
    Disputed,
    /// A signature that the determination rested on counts no more.
    SignatureFallen,
    /// An act was by a key that may have been somebody else's: it keeps its effect and is contested.
    SuspectKey,
    /// What the party itself recorded counts no more by the registrar's transcription alone.
    UndoneByTranscription,
}

impl ContestCode {
    /// All of them.
    pub const ALL: &'static [ContestCode] = &[
        ContestCode::AmendmentFallen,
        ContestCode::ApprovalAnnulled,
        ContestCode::ApprovalFallen,
        ContestCode::ConditionsLater,
        ContestCode::Disputed,
        ContestCode::SignatureFallen,
        ContestCode::SuspectKey,
        ContestCode::UndoneByTranscription,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            ContestCode::AmendmentFallen => "amendment_fallen",
            ContestCode::ApprovalAnnulled => "approval_annulled",
            ContestCode::ApprovalFallen => "approval_fallen",
            ContestCode::ConditionsLater => "conditions_later",
            ContestCode::Disputed => "disputed",
            ContestCode::SignatureFallen => "signature_fallen",
            ContestCode::SuspectKey => "suspect_key",
            ContestCode::UndoneByTranscription => "undone_by_transcription",
        }
    }
}

/// How far the correction of an error in a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextErrorState {
    /// A party objects: the text stays.
    Objected,
    /// Parties can object.
    Open,
    /// The corrected text is in its place, from the beginning.
    Rectified,
    /// Nobody objected in time; the registrar has not put it right yet.
    Unopposed,
}

impl TextErrorState {
    /// All of them.
    pub const ALL: &'static [TextErrorState] =
        &[TextErrorState::Objected, TextErrorState::Open, TextErrorState::Rectified, TextErrorState::Unopposed];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            TextErrorState::Objected => "objected",
            TextErrorState::Open => "open",
            TextErrorState::Rectified => "rectified",
            TextErrorState::Unopposed => "unopposed",
        }
    }
}
