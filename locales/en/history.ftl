## The events, one line each. $who is who says it or whose act it is; $place is organ and section.

timeline-agreement-ended =
    { $who }: the agreement was in force until { $from } ({ $ending }). Basis: { $basis }{ $with ->
        [none] { "" }
       *[other] . It was replaced by { $with }
    }.
timeline-agreement-opened = The agreement was opened in the ledger: { $title }. Parties: { $parties }.
timeline-amendment-proposed = { $who } proposed an amendment of the agreement{ $articles ->
        [none] { "" }
       *[other] { " " }in { $articles }
    }. It enters into force when { $rule }.
timeline-annex-commitment-ended = { $who } left the annex in record { $target } from { $from }.
timeline-annex-committed = { $who } committed to the annex in record { $target }.
timeline-annex-deposited = For the interface area { $area } an annex was deposited that parties can join ({ $form }).
timeline-area-defined = An interface area was added to the agreement: { $name }.
timeline-challenge-resolved = { $who }: the challenge of the decision in record { $target } was resolved: { $outcome }. Resolved by { $by }.
timeline-comment-round-opened = A round of comments was opened. Comments by { $deadline }.
timeline-comment-submitted = { $who } commented in the round in record { $target }.
timeline-condition-settled = { $who }: condition { $condition } of the decision in record { $target }: { $outcome }.
timeline-counterpart-assigned = { $who } named its counterpart for the interface area { $area }: { $office }.
timeline-counterpart-ended = { $who }: the counterpart named in record { $target } is one no more.
timeline-decision-became-final = { $who }: the decision in record { $target } became final{ $issuer ->
        [none] { "" }
       *[other] . The certificate was given by { $issuer }
    }.
timeline-decision-challenged = { $who }: the decision in record { $target } was challenged ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . An agenda only
        [unconfirmed] . The minutes are not confirmed yet
       *[other] { "" }
    }.
timeline-decision-replaced = { $who }: the decision in record { $by } took the place of the one in record { $target }.
timeline-dispute-recorded =
    { $target ->
        [none] { $who } recorded another view of the agreement ({ $matter }).
       *[other] { $who } recorded another view of record { $target } ({ $matter }).
    }
timeline-dispute-resolved = { $who }: the dispute in record { $target } is over: { $outcome }. Settled by { $by }.
timeline-division-of-work-set =
    { $tasks ->
        [one] { $who }: the division of work for the interface area { $area } is set, one task.
       *[other] { $who }: the division of work for the interface area { $area } is set, { $tasks } tasks.
    }
timeline-draft-presented = { $who }: the draft was presented, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [amendment] { $who } determined that the amendment in record { $amendment } enters into force on { $from }.
        [pair] { $who } determined that the agreement enters into force on { $from } with { $with }.
       *[all] { $who } determined that the agreement enters into force on { $from }.
    }
timeline-forum-ended = A forum ended: { $forum }.
timeline-forum-established = A forum of the agreement was established: { $name }.
timeline-goal-set = { $who }: a goal was set for the interface area { $area }: { $name }.
timeline-indicator-reported = { $who } reported the indicator { $indicator } for { $period }: { $value }.
timeline-minutes-confirmed = { $who }: the minutes of the decision in record { $target } were confirmed.
timeline-minutes-published = { $who }: the minutes of the decision in record { $target } were published; the time for appeal began.
timeline-minutes-reinspected =
    { $who }, { $place }: the minutes of the decision in record { $target } were inspected again{ $changes ->
        [0] ; no change is recorded
       *[other] { "" }
    }.
timeline-negotiation-held =
    { $attending ->
        [one] { $who }: a negotiation was held ({ $negotiation }) with one party.
       *[other] { $who }: a negotiation was held ({ $negotiation }) with { $attending } parties.
    }
timeline-outside-party-joined = { $who } takes part in the annex in record { $target } as a party outside the agreement.
timeline-party-acceded = A further party acceded to the agreement: { $with }, number { $number } of the list of parties.
timeline-party-confirmed-by-successor =
    { $seat ->
        [merged] { $who } confirmed the acts of its predecessor { $with }, whose seat becomes one with its own.
        [taken] { $who } confirmed the acts of its predecessor { $with } and took its seat.
       *[none] { $who } confirmed the acts of its predecessor { $with }.
    }
timeline-preparation-phase-recorded =
    { $area ->
        [none] { $who }: a phase of the preparation was done: { $phase }.
       *[other] { $who }: a phase of the preparation was done for the interface area { $area }: { $phase }.
    }
timeline-provisional-application-declared = { $who } applies the agreement provisionally from { $from }.
timeline-provisional-application-ended = { $who } ended the provisional application declared in record { $target }.
timeline-record-confirmed = { $who } confirmed record { $target } as its own act.
timeline-record-corrected = { $who } corrected record { $target }: { $fields }.
timeline-record-retracted = { $who } retracted record { $target }.
timeline-signature-invalidated = { $who }: the signature in record { $target } has no effect ({ $ground }).
timeline-signing-mandate-recorded =
    { $who } named who signs: { $roles }. { $needed ->
        [one] One signature is enough.
       *[other] { $needed } signatures are needed.
    }
timeline-text-deposited = A text was deposited: { $title } ({ $role }, { $language }).
timeline-text-error-objected = { $who } objected to the correction of the text proposed in record { $target }.
timeline-text-error-proposed =
    { $corrections ->
        [one] { $who } proposed to put an error in a text right. Objections by { $deadline }.
       *[other] { $who } proposed to put { $corrections } errors in a text right. Objections by { $deadline }.
    }
timeline-text-error-rectified = The error in the text was put right as proposed in record { $target }. The corrected text holds from the beginning.
timeline-text-opened-for-approval =
    { $deadline ->
        [none] The parties were asked to approve a text.
       *[other] The parties were asked to approve a text. Answers by { $deadline }.
    }
timeline-text-signed = { $who } signed: { $role } ({ $grade }).
timeline-welfare-report-adopted = { $who }: a joint { $part } for { $period } was adopted by { $parties ->
        [one] one party
       *[other] { $parties } parties
    }.
timeline-withdrawal-notified = { $who } gave notice that it leaves the agreement from { $from }.
timeline-withdrawal-revoked = { $who } revoked its notice of withdrawal in record { $target }.
timeline-unknown = { $who }: an event that this program does not know.

history-in-finnish = In Finnish:
organ-unnamed = organ not named
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = A party not named ({ $described })
