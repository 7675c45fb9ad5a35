## Texts of the pages.

service-name = Sinetti
skip-to-content = Skip to content
languages = Languages
menu = Main menu
menu-agreements = Agreements
menu-about = About
breadcrumb = Breadcrumb
to-front = All agreements

demonstration = Demonstration ledger
demonstration-warning = Demonstration ledger: some of the acts are invented. They are marked “invented” and are counted in the figures. This ledger has no legal effect.

footer-what = Sinetti is the ledger that public bodies use to prove what they decided about an agreement between them.
footer-ledger = Ledger:
footer-checkpoint = Newest checkpoint
footer-api = Programming interface

front-title = Agreements and where they stand
front-lead = Who has approved, who has signed, and is the agreement in force? Every answer is derived from signed events that anyone can check.
front-none = The ledger holds no agreement yet.
front-damaged = This agreement cannot be shown: its records are damaged, which the operator has to mend.

## The answer in one sentence

sentence-waiting =
    Not yet in force: of { $total } parties, { $approved ->
        [0] { $signed ->
            [0] none has approved or signed.
           *[other] none has approved and { $signed } have signed.
        }
        [one] { $signed ->
            [0] { $approved } has approved and none has signed.
            [one] { $approved } has approved and { $signed } has signed.
           *[other] { $approved } has approved and { $signed } have signed.
        }
       *[other] { $signed ->
            [0] { $approved } have approved and none has signed.
            [one] { $approved } have approved and { $signed } has signed.
           *[other] { $approved } have approved and { $signed } have signed.
        }
    }
sentence-waiting-approvals =
    Not yet in force: of { $total } parties, { $approved ->
        [0] none has approved.
        [one] { $approved } has approved.
       *[other] { $approved } have approved.
    }
sentence-in-force = In force since { $date }: all { $total } parties have approved and signed.
sentence-in-force-approvals = In force since { $date }: all { $total } parties have approved.
sentence-contested = Contested: entry into force was determined as of { $date }, but its ground has changed since. Of { $total } parties, { $approved } have approved and { $signed } have signed.
sentence-pairs =
    { $pairs ->
        [0] Not yet in force between anyone: of { $total } parties, { $approved } have approved and { $signed } have signed.
        [one] In force between { $hub } and one other party. Of { $total } parties, { $approved } have approved and { $signed } have signed.
       *[other] In force between { $hub } and { $pairs } other parties. Of { $total } parties, { $approved } have approved and { $signed } have signed.
    }
missing-few = Missing: { $names }.
missing-many =
    { $count ->
        [one] One party is still missing.
       *[other] { $count } parties are still missing. The list is below.
    }
as-recorded = The answer rests only on what is recorded in this ledger. A party may have approved or signed the agreement without it being recorded here.
missing-both = approval and signature
missing-approval = approval
missing-signature = signature
missing-list = Who is missing, and what is missing from them
map-title = The parties on the map
map-help = One square is one party, since each counts once. A municipality stands about where it lies. A square leads to the party’s row; the number is the one in the table.
map-county = wellbeing services county
map-region = regional council
map-done = approved and signed
map-done-approval = approved
map-approved = approved, signature missing
map-signed = signed, approval missing
map-waiting = approval and signature missing
map-waiting-approval = approval missing
map-against = a decision against the agreement, or withdrawn
determined-on = The registrar has determined the entry into force.
determined-not = The conditions for entry into force are met. The registrar has not yet determined it.
contested-because = Why it is contested

## Agreement page

as-of-record =
    { $count ->
        [one] { $count } record of this agreement, no. { $index } of the ledger, recorded { $moment }.
       *[other] { $count } records of this agreement; the newest is no. { $index } of the ledger, recorded { $moment } (Finnish time).
    }
as-of-on = In force as of { $date }.
as-of-checkpoint =
    { $count ->
        [0] There is no checkpoint yet.
        [one] The checkpoint covers { $count } record.
       *[other] The checkpoint covers { $count } records.
    }
banner-moment = You see what was known on { $known } and in force on { $on }.
banner-known = You see what was known on { $known }.
banner-on = You see what was in force on { $on }, as known today.
banner-back = Show the present state
on-this-page = On this page

count-bound = Bound
of-total = of { $total }

moments-title = Look at another moment
moments-help = The ledger has two times: when something happened, and when the ledger learned of it.
moments-known = As known on
moments-on = In force on
moments-show = Show

rule-title = When the agreement is in force
rule-all-approved-and-signed = The agreement is in force when all { $total } parties have approved it and signed it. Approval and signature are two acts, and both are needed from each.
rule-all-approved = The agreement is in force when all { $total } parties have made identical decisions to approve it. No signatures are needed.
rule-threshold = The agreement is in force when { $parties } of the parties have approved it{ $signatures ->
    [yes] {" "}and signed it
   *[no] {""}
}{ $population ->
    [none] .
   *[other] {" "}and they hold { $population } of the inhabitants.
}
share-at-least = at least { $fraction }
share-more-than = more than { $fraction }
rule-each-when-approved-and-signed = The agreement is in force in pairs: between { $hub } and each other party from when both have approved and signed it.
rule-stated = The rule is stated in the agreement:
rule-assumed = The rule is not stated in the agreement but assumed:
rule-term-until-further-notice = The agreement is made until further notice.
rule-term-fixed = The agreement is made until { $date }.
rule-term-unknown = The term of the agreement is not known.
rule-counting = What counts as approval is the competent organ’s decision to approve this very text. That an organ “adopted the proposal” to note the matter for information, or to give an opinion, is not an approval of the agreement.

parties-title = Parties
parties-caption = The decision, signature and notes of each party.
parties-shown = { $shown } parties shown, of { $total } in all.
filters = Show of the parties
filter-all = All
filter-missing = Something missing
filter-approved = Have approved
filter-not-approved = Have not approved
filter-signed = Have signed
filter-not-signed = Have not signed
filter-bound = Bound
column-number = No.
column-party = Party
column-approval = Approval
column-decision = Decision
column-case = Case number
column-finality = Finality
column-signature = Signature
column-notes = Notes
joint-signature = Partly { $done }

unattributed-title = Decisions whose party is not known
unattributed-help = The source does not name the party, so these are counted for nobody.

pairs-title = Between whom it is in force
pairs-since = since { $date }

texts-title = Texts
texts-help = Decisions and signatures name the text by its digest (SHA-256). The same digest means the same text to the last character.
texts-none = The ledger holds no text yet.
text-digest = Digest (SHA-256)
text-digest-unknown = The ledger does not hold this text, so its digest is not known. It is known by title and date.
document-held = Download the document
document-missing = The ledger does not hold the document.
document-erased = The document was erased; its digest stays.
text-language = Language
text-dated = Dated
text-current = the text up for approval
copy-title = Do I have the same text?
copy-help = The browser computes the digest of your file and compares it with those above. The file does not leave your device.
copy-choose = Choose a file, or drop it here
copy-same = The same text: { $file } is “{ $title }” to the last character.
copy-other = { $file } is none of these texts. Its digest is { $digest }.
copy-too-large = { $file } is too large to be checked in the browser.
copy-by-command = To compute the digest of your own copy and compare it with those above:
copy-file = FILE

content-title = What is agreed on
content-areas = Interface areas
content-forums = Forums of cooperation
content-principles = Principles
content-costs = Costs
content-laws = Legal basis
content-sources = Sources

history-title = History
history-help = Everything that the ledger has recorded, newest first. Nothing is removed: a wrong record is corrected or retracted by a new one.
history-recorded = recorded { $moment }
history-version = record { $version }
history-retracted = retracted by record { $version }
history-corrected = corrected by record { $version }
history-confirmed = confirmed by record { $version }
history-minutes-say = The minutes’ own word:
history-none = No events at this moment.
progress-title = Approvals and signatures over time
progress-words = { $from } – { $until }: of { $total } parties, { $approved } have approved and { $signed } have signed.
progress-table = The figures as a table
progress-day = Day
history-earlier =
    { $count ->
        [one] Show the earlier event too
       *[other] Show { $count } earlier events too
    }

verify-title = Check it yourself
verify-help = Every record is signed and chained, and the whole ledger is bound to a checkpoint. Each record’s page has its exact bytes, signature and proof.
verify-evidence = The evidence as one file (ZIP): all records and proofs, to be verified without a network
verify-state = State for programs (JSON)
verify-events = Events for programs (JSON)
verify-statement = Statement of the state, signed by the log (to keep)

## Event page

event-title = Record { $version }
event-plain = What happened
event-kind = Event type
event-actor = Who said it
event-about-party = Whose act
event-occurred = Happened on
event-recorded = Recorded
event-source = Source
event-id = Event id
event-seen = Record that the author had seen
event-previous-page = Previous record
event-next-page = Next record
event-signatures = Signatures
event-signatures-help = A key is named by its id, the SHA-256 of the public key. The signature covers the signed bytes below.
event-key = Key id
event-signature = Signature (Ed25519)
event-chain = Place in the chain
event-index = Index in the ledger
event-version = Version in the agreement
event-leaf = Leaf hash
event-chain-previous = Previous in the ledger
event-chain-agreement-previous = Previous in the agreement
event-heads = Heads of all streams
event-payload = Signed bytes
event-payload-help = Exactly what the author signed.
event-bytes = Bytes of the record
event-bytes-help = Exactly what the leaf hash is computed from.
event-proof = Proof that the record is in the ledger (tlog-proof)
event-json = The record for programs (JSON)
event-disclosures = Personal data and verbatim texts
event-disclosures-help = These are not in the record itself. The record holds only their digest, so that they can be erased without harm to the proofs.
event-withheld = withheld
event-past = no longer shown: the period for appeal has ended
event-erased = erased
event-documents = Documents
event-documents-help = The event names these documents by digest (SHA-256). A document is the one that was signed if its digest is the same.

## About

about-lead = Sinetti is a ledger of agreements that wellbeing services counties, municipalities and regional councils make with each other. It tells who has approved and signed which text, and whether the agreement is in force.
about-proof-title = What it rests on
about-proof = Every event is signed by the party whose act it is, or transcribed by the registrar from a public source. The events form a chain that cannot be changed afterwards without notice. The figures on the pages are always computed afresh from the events.
about-limits-title = What it does not prove
about-limit-depositary = The ledger does not judge the substance or legality of decisions. It refuses what is malformed or what its author has no right to say.
about-limit-transcribed = “Transcribed” means that the registrar has recorded it from a public source and the party has not yet confirmed it itself.
about-limit-time = The time of a record is the operator’s claim.
about-limit-finality = Estimates of finality do not replace a certificate.
about-people-title = Personal data
about-people = Names are not written into events. They are kept apart and can be erased without harm to the proofs. The service uses no cookies and does not track visitors, and no page fetches anything from other servers.
about-check-title = Check the ledger
about-check = The program that runs the ledger also checks it. The check does not trust the server’s word but computes everything again:
about-server-address = SERVER-ADDRESS
about-access-title = Accessibility
ledger-origin = Origin of the ledger
ledger-size = Records under the checkpoint

## Problem pages

problem-not-found-title = Page not found
problem-not-found = There is no page at this address. Check the address, or go back to the list of agreements.
problem-moment-title = This moment cannot be shown
problem-moment = Write the moment as YYYY-MM-DD, for example 2023-03-27. The moment of knowledge may also have a time: 2023-03-27T12:00:00.000Z. It cannot lie in the future.
problem-too-early-title = The agreement was not yet in the ledger
problem-too-early = At this moment the ledger did not yet hold anything about the agreement. Choose a later moment, or see the present state.
problem-unavailable-title = The ledger cannot be read right now
problem-unavailable = Try again in a while. If it goes on, tell whoever runs the ledger.
problem-damaged-title = The records are damaged
problem-damaged = A record in the database does not agree with its hashes, so this page is not shown. The operator has to restore a backup. The parties’ receipts prove what was recorded.
problem-internal = The page could not be made. Try again in a while.
