## Words of annexes, duties and changes: code and word.

annex-state-joined = joined
annex-state-leaving = joined, leaving
annex-state-left = left
annex-state-not-eligible = not for this party
annex-state-not-joined = not joined
annex-state-partial = joining
annex-state-ready = ready, waiting for others

annex-why-approval-and-signature-missing = The party has neither approved nor signed the annex.
annex-why-approval-missing = The party has signed the annex but not approved it.
annex-why-county-not-committed = The wellbeing services county has not committed to the annex.
annex-why-decision-fallen = The decision on which the commitment rests is no longer in effect.
annex-why-ended = The party has left the annex.
annex-why-nobody-else = Nobody else has joined yet.
annex-why-not-committed = The party has not committed to the annex.
annex-why-not-eligible = The annex is not for this party.
annex-why-signature-missing = The party has approved the annex but not signed it.
annex-why-withdrawn = The party has withdrawn from the agreement of which the annex is part.

duty-council-term = Negotiation between the county and the municipalities in each council term
duty-welfare-plan = Regional welfare plan for each council term
duty-welfare-report = Regional welfare report for each council term
duty-yearly-health-promotion = Yearly negotiation on the promotion of health and welfare
duty-yearly-ministry = The county’s yearly negotiation with the ministry
duty-state-done = done
duty-state-due = not yet done
duty-state-overdue = not known to have been done in time

change-amendment = Proposed amendment
change-amendment-accepted = Parties that have accepted the amendment
change-amendment-bound = Parties bound by the amendment
change-annex = Annex
change-annex-part = The party’s place in the annex
change-approved = Parties that have approved
change-approved-on = Approval
change-bound = Parties bound by the agreement
change-contested = Reason why the state is contested
change-current-text = Text that is up for approval
change-decision = What the decision counts for
change-determined = Entry into force determined by the registrar
change-dispute = Dispute
change-duty = Duty by law
change-ending = Last day in force
change-in-force = In force
change-in-force-since = In force since
change-pair = In force between the two parties since
change-parties-total = Seats of parties
change-seat = Number in the roster
change-signatures = Signatures of those required
change-signed = Parties that have signed
change-signed-on = Signature
change-text = Deposited text

awaits-accept-amendment = Approve and sign the amendment
awaits-answer-reservation = Accept another party’s reservation, or object to it
awaits-approve = Decide on approving the agreement
awaits-comment = Comment in the open round
awaits-confirm-minutes = Confirm the minutes of the decision
awaits-confirm-transcription = Confirm, or set right, what the registrar transcribed
awaits-join-annex = Join the annex
awaits-meet-duty = Meet a duty by law
awaits-name-counterpart = Name a counterpart
awaits-object-to-correction = Object to the correction of the text, if it is wrong
awaits-publish-minutes = Publish the minutes, or record that they were published
awaits-record-finality = Record that the decision has become final
awaits-settle-condition = Record what became of the approval’s suspensive condition
awaits-sign = Sign the agreement
awaits-sign-jointly = The signatures that are lacking

condition-suspensive = suspensive condition
condition-reservation = reservation
condition-declaration = declaration
condition-state-accepted = accepted by the other parties
condition-state-declared = nothing is to be settled
condition-state-failed = failed
condition-state-fulfilled = fulfilled
condition-state-objected = objected to by another party
condition-state-open = not settled

text-error-objected = the correction is objected to
text-error-open = the time for objections runs
text-error-rectified = put right from the beginning
text-error-unopposed = nobody objected, not yet put right

means-appeal = appeal
means-rectification-claim = claim for a revised decision

act-grade-confirmed = transcribed by the registrar, confirmed by the party
act-grade-own = the party’s own record
act-grade-transcribed = transcribed by the registrar from a public source

forum-joint = elected representatives and management together
forum-management = leading office holders
forum-other = other
forum-political = elected representatives
forum-professional = professionals
duration-permanent = permanent
duration-temporary = temporary
better-higher = a higher value is better
better-lower = a lower value is better
municipality-city = city
municipality-municipality = municipality that is no city
