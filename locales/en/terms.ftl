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

type-agreement-opened = Opening of the agreement
type-challenge-resolved = Outcome of a challenge
type-comment-round-opened = Opening of a comment round
type-decision-challenged = Challenge of a decision
type-decision-recorded = Decision
type-draft-presented = Presentation of a draft
type-entry-into-force-determined = Determination of entry into force
type-minutes-confirmed = Confirmation of minutes
type-minutes-reinspected = Re-inspection of minutes
type-record-confirmed = Confirmation of a record
type-record-corrected = Correction of a record
type-record-retracted = Retraction of a record
type-signing-mandate-recorded = Signing mandate
type-text-deposited = Deposit of a text
type-text-signed = Signature
