## Names of decisions, organs and texts: a code and its word.

resolution-adopted = proposal adopted
resolution-adopted-amended = proposal adopted as amended
resolution-rejected = proposal rejected
resolution-returned = returned for preparation
resolution-tabled = tabled
resolution-withdrawn = withdrawn
resolution-not-competent = the organ was not competent
resolution-unknown = outcome not known

effect-approve = approval of the agreement
effect-approve-conditionally = conditional approval
effect-reject = rejection of the agreement
effect-note = noting for information
effect-state-opinion = giving an opinion
effect-propose-to-superior = proposal to a superior organ
effect-authorise-signing = authority to sign
effect-commit = commitment
effect-withdraw = withdrawal from the agreement
effect-unknown = effect not known

finality-not-appealable = not open to appeal
finality-open = time for appeal running
finality-challenged = under appeal
finality-final = final
finality-annulled = annulled
finality-unknown = not recorded

organ-council = council
organ-board = board
organ-committee = committee
organ-official = official
organ-forum = forum

minutes-agenda = agenda
minutes-unconfirmed = unconfirmed minutes
minutes-confirmed = confirmed minutes
minutes-reported = reported by a public source

role-draft = draft
role-approval = text for approval
role-amendment = amendment
role-annex = annex
role-consolidated = consolidated text

grade-ledger-key = with a ledger key
grade-advanced = advanced electronic signature
grade-qualified = qualified electronic signature
grade-paper = on paper

challenge-take-up = taken up by a superior organ
challenge-rectification-claim = claim for rectification
challenge-appeal = appeal
challenge-extraordinary = extraordinary challenge

kind-wellbeing-services-county = wellbeing services county
kind-municipality = municipality
kind-regional-council = regional council
kind-other = other party

language-fi = Finnish
language-sv = Swedish
language-se = Northern Sámi
language-smn = Inari Sámi
language-sms = Skolt Sámi
language-en = English

outcome-annulled = the decision was annulled
outcome-dismissed = not examined, the decision stands
outcome-upheld = turned down, the decision stands
outcome-withdrawn = given up, the decision stands

phase-contracts-and-documents = contracts and documents are drawn up
phase-mapping-of-common-tasks = the common tasks are mapped
phase-ways-of-cooperation = the ways of cooperation

condition-outcome-accepted = the reservation is accepted
condition-outcome-failed = the condition failed
condition-outcome-fulfilled = the condition is fulfilled
condition-outcome-objected = the reservation is objected to

ground-forged = not given by whom it names
ground-not-authorised = the signer had no authority
ground-other = another ground
ground-wrong-text = another text was meant

ending-lapsed = its term was over
ending-replaced = replaced by another agreement
ending-terminated = terminated

amendment-rule-binds-accepting = two parties have accepted it; it binds those who accept it
amendment-rule-threshold = the agreed share of the parties has accepted it; it binds all
amendment-rule-unanimous = all parties have accepted it

form-agreement = an agreement of its own, joined by approving and signing
form-description = a description, joined by committing to it

negotiation-council-term = negotiation of the council term
negotiation-forum = meeting of a forum
negotiation-yearly-health-promotion = yearly negotiation on the promotion of health and wellbeing
negotiation-yearly-ministry = yearly negotiation with a ministry

part-plan = welfare plan
part-report = welfare report
part-report-and-plan = welfare report and plan

matter-application = application of the agreement
matter-interpretation = interpretation of the agreement
matter-record = whether a record is right
matter-validity = validity

dispute-outcome-agreed = the parties agreed
dispute-outcome-decided = the matter was decided
dispute-outcome-withdrawn = the dispute was given up

type-agreement-ended = End of the agreement
type-agreement-opened = Opening of the agreement
type-amendment-proposed = Proposal of an amendment
type-annex-commitment-ended = Leaving of an annex
type-annex-committed = Commitment to an annex
type-annex-deposited = Deposit of an annex
type-area-defined = Further interface area
type-challenge-resolved = Outcome of a challenge
type-comment-round-opened = Opening of a comment round
type-comment-submitted = Comment
type-condition-settled = Settling of a condition
type-counterpart-assigned = Naming of a counterpart
type-counterpart-ended = End of a counterpart
type-decision-became-final = Finality of a decision
type-decision-challenged = Challenge of a decision
type-decision-recorded = Decision
type-decision-replaced = Replacement of a decision
type-dispute-recorded = Dispute
type-dispute-resolved = End of a dispute
type-division-of-work-set = Division of work
type-draft-presented = Presentation of a draft
type-entry-into-force-determined = Determination of entry into force
type-forum-ended = End of a forum
type-forum-established = Establishing of a forum
type-goal-set = Goal
type-indicator-reported = Value of an indicator
type-minutes-confirmed = Confirmation of minutes
type-minutes-published = Publication of minutes
type-minutes-reinspected = Re-inspection of minutes
type-negotiation-held = Negotiation
type-outside-party-joined = Joining of an outside party
type-party-acceded = Accession
type-party-confirmed-by-successor = Confirmation by a successor
type-preparation-phase-recorded = Phase of preparation
type-provisional-application-declared = Provisional application
type-provisional-application-ended = End of provisional application
type-record-confirmed = Confirmation of a record
type-record-corrected = Correction of a record
type-record-retracted = Retraction of a record
type-signature-invalidated = Invalid signature
type-signing-mandate-recorded = Signing mandate
type-text-deposited = Deposit of a text
type-text-error-objected = Objection to a correction of the text
type-text-error-proposed = Proposed correction of the text
type-text-error-rectified = Correction of the text
type-text-opened-for-approval = Opening for approval
type-text-signed = Signature
type-welfare-report-adopted = Welfare report or plan
type-withdrawal-notified = Notice of withdrawal
type-withdrawal-revoked = Revocation of a withdrawal
