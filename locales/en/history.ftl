## The events, one line each. $who is who says it or whose act it is; $place is organ and section.

timeline-agreement-opened = The agreement was opened in the ledger: { $title }. Parties: { $parties }.
timeline-challenge-resolved = { $who }: the challenge of the decision in record { $target } was resolved: { $outcome }. Resolved by { $by }.
timeline-comment-round-opened = A round of comments was opened. Comments by { $deadline }.
timeline-decision-challenged = { $who }: the decision in record { $target } was challenged ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . An agenda only
        [unconfirmed] . The minutes are not confirmed yet
       *[other] { "" }
    }.
timeline-draft-presented = { $who }: the draft was presented, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [pair] { $who } determined that the agreement enters into force on { $from } with { $with }.
       *[all] { $who } determined that the agreement enters into force on { $from }.
    }
timeline-minutes-confirmed = { $who }: the minutes of the decision in record { $target } were confirmed.
timeline-minutes-reinspected =
    { $who }, { $place }: the minutes of the decision in record { $target } were inspected again{ $changes ->
        [0] ; no change is recorded
       *[other] { "" }
    }.
timeline-record-confirmed = { $who } confirmed record { $target } as its own act.
timeline-record-corrected = { $who } corrected record { $target }: { $fields }.
timeline-record-retracted = { $who } retracted record { $target }.
timeline-signing-mandate-recorded =
    { $who } named who signs: { $roles }. { $needed ->
        [one] One signature is enough.
       *[other] { $needed } signatures are needed.
    }
timeline-text-deposited = A text was deposited: { $title } ({ $role }, { $language }).
timeline-text-signed = { $who } signed: { $role } ({ $grade }).
timeline-unknown = { $who }: an event that this program does not know.

history-in-finnish = In Finnish:
organ-unnamed = organ not named
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = A party not named ({ $described })
