## Why a decision is no approval, or why an approval is missing.

why-agenda-only = Only an agenda item: nothing is decided yet.
why-annulled = The decision was annulled.
why-authorised-signing = The decision authorises signing. It is no approval.
why-commented = An opinion is not a position on approval.
why-commented-late = The opinion came after the deadline. It is not a position on approval.
why-committed = The decision is about an annex, not the agreement.
why-conditional = The conditions of the approval are not settled.
why-later-rejected = The party rejected the agreement later.
why-later-withdrawn = The party withdrew its approval later.
why-minutes-not-confirmed = The minutes are not confirmed.
why-not-competent = It is not shown that the organ may decide this.
why-noted = Noted for information. That is no approval.
why-pending = No decision is on record.
why-proposal-rejected = The proposal was rejected.
why-proposal-withdrawn = The proposal was withdrawn.
why-proposed-to-superior = Proposed to a superior organ, which has not decided yet.
why-rejected = The agreement was not approved.
why-returned = Returned for preparation.
why-superseded-text = The decision is about another text than the one now up for approval.
why-tabled = Tabled for a later meeting.
why-unattributed = The source does not name the party.
why-unknown-outcome = The source does not say what was decided.
why-withdrew = The party withdrew its approval.
why-condition-failed = A condition of the approval failed.
why-replaced = A later decision took its place.
why-reservation-objected = Another party objects to the reservation.

## What a reader should know of a party's row.

note-approved-by-transcription = The approval was transcribed by the registrar from a public source. The party has not confirmed it yet.
note-approval-with-declaration = The approval comes with a declaration that does not hinder it.
note-challenged = Under appeal.
note-corrected = The record was corrected.
note-earlier-rejection = Rejected earlier. The newer decision counts.
note-ended = The party has ended.
note-finality-open = The time for appeal is running.
note-partly-signed = Only some of those who must sign have signed, so it does not count yet.
note-reenrolled = The registrar enrolled new keys for the party after it had lost the former ones.
note-reinspected = The minutes were inspected again.
note-signed-before-approval = Signed, but there is no approval.
note-signed-not-final = Signed. The decision is not yet final.
note-signed-other-text = The text signed is not the one now up for approval.
note-signed-technical-variant = The text signed differs from the approved one by minor technical changes only, as the mandate allows.
note-other-decision = Other decision { $date }, { $place }: { $resolution } ({ $effect }).
note-suspect-key = The key used may have been in wrong hands.
note-acceded = Acceded to the agreement later.
note-applies-provisionally = Applies the agreement provisionally; this counts as no approval.
note-approved-anew = Approved anew; the earlier approval holds from its own day.
note-conditions-settled = The conditions of the approval are settled.
note-conditions-settled-by-transcription = That the conditions are settled rests on the registrar's transcription alone.
note-extraordinary-challenge = An extraordinary challenge is pending.
note-seat-taken = The successor has taken the seat.
note-signature-invalidated = The signature was found to have no effect.
note-withdrawal-notified = Has given notice that it leaves.
note-withdrawn = Has left the agreement.

## Why the agreement's force is contested.

contest-approval-annulled = The approval was annulled.
contest-approval-fallen = The approval no longer holds.
contest-conditions-later = By what is known now the conditions were met later than the determination says.
contest-signature-fallen = The signature no longer holds.
contest-suspect-key = The act was made with a key that may have been in wrong hands.
contest-undone-by-transcription = The party's own decision lost its effect by the registrar's transcription alone. The party has not confirmed it.
contest-amendment-fallen = The conditions for the amendment to be in force hold no more.
contest-disputed = A party holds another view.
contest-by = { $party }: { $what } Annulled by { $by } on { $date }.
contest-of = { $party }: { $what }

## Mergers and other continuities.

footnote-absorbed = { $successors } continues from { $date }, having absorbed { $predecessors }.
footnote-merged = { $successors } continues from { $date }, merged from { $predecessors }.
footnote-split = { $predecessors } was split on { $date } and continues as { $successors }.
footnote-renamed = The name changed on { $date }.
footnote-id-changed = The id changed on { $date }.

## Names of what is kept apart.

member-statement = Statement of the matter
member-proposal = Proposal
member-decision = Decision
member-preparer = Prepared by
member-presenter = Presented by
member-dissents = Dissent
member-conditions = Condition
member-signatory = Signed by
member-reason = Reason
member-reasons = Reason
member-comment = Comment
member-position = Position
member-terms = Terms
member-name = Holder of the office
member-other = Other
