## The other sections of an agreement's page: force, annexes, amendments, duties, disputes, preparation.

yes = yes
no = no
fact-date = Date
fact-party = Party
fact-text = About the text
fact-in-force-since = In force since
fact-determined-on = Determined on

force-title = Time in force
force-help = When the agreement has been in force by its own rule, and what was recorded about its entry into force and its end.
force-periods = Periods in force
force-period = Period
force-from = since { $date }
force-with = With
force-ending = End of the agreement
force-last-day = Last day in force
force-basis = Basis
force-replaced-by = Replaced by
force-renewals = Renewals that are not in force
force-merged-seat = Seat { $number } ({ $party }) was made one with that of { $into }

annexes-title = Annexes
annexes-help = An annex is joined on its own. It changes nothing of who has approved and signed the agreement itself.
annex-area = Interface area
annex-form = Form
annex-county = Wellbeing services county
annex-joined = Parties for which it holds now
annex-outside = Open to outside parties
chart-title = Parties and annexes
chart-caption = How each party stands in each annex.
chart-since = since { $date }
chart-until = ends on { $date }
chart-outside = outside party

amendments-title = Amendments
amendments-help = An amendment is approved and signed as the agreement is. Its own rule says when it enters into force and whom it binds.
amendment-untitled = Amendment
amendment-rule = Enters into force when
amendment-articles = Changes
amendment-approved = Approved
amendment-signed = Signed
amendment-accepted = Approved and signed
amendment-missing = Missing
amendment-binds = Binds
amendment-determined = determined by the registrar
group-unamended = Bound by the text as it was approved
group-amended = Bound by the text as amended: { $titles }
group-parties = Parties
group-text = Consolidated text
group-text-none = not deposited

duties-title = Duties by law
duties-help = Negotiations and documents that the law asks for, and what the ledger holds of them. That a record is missing does not prove that a duty was not met.
duties-caption = Duties by the day on which they are due.
duties-what = Duty
duties-who = Whose
duties-period = Term
duties-due = Due by
duties-state = State
duties-days = { $from }–{ $to }
duties-parties = { $count } parties
duties-missing = Did not take part: { $names }

disputes-title = Disputes
disputes-help = The ledger settles no disputes. It keeps the views of all.
dispute-open = open
dispute-over = over
dispute-about = About
dispute-raised = Raised by
dispute-answer = Other view
dispute-resolved = How it ended

text-errors-title = Errors in texts
text-errors-help = An error in a text is put right from the beginning, if nobody objects in time.
text-error-proposed-by = Correction proposed by
text-error-by = Objections by
text-error-objections = Objected to by
text-error-rectified-on = Put right on

drafting-title = Preparation and forums
drafting-help = How the agreement was prepared, and where the parties meet. Nothing here is a decision on the agreement.
drafting-round = Comment round
drafting-open = taking comments
drafting-closed = closed
drafting-opened = Opened on
drafting-deadline = Comments by
drafting-invited = Asked
drafting-comment = Comment
drafting-late = late
drafting-to = To
drafting-summary = What was found
forum-kind = Kind of forum
forum-composition = Composition
forum-how-often = Meets
forum-meetings = Recorded meetings
forum-over-on = Ended on
forum-meets = active
forum-over = ended

changes-title = What has changed
changes-help = Choose the day on which you last looked at this page. You see what is otherwise now than it was known then.
changes-since = I last looked on
changes-show = Show changes
changes-week = in a week
changes-month = in a month
changes-year = in a year
changes-between = Compared with what was known { $since }. What is in force is shown as of { $on }.
changes-none = Nothing has changed.
changes-too-early = The agreement was not in the ledger then, so that all of this page was recorded since.
changes-caption =
    { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }
changes-what = What
changes-before = Then
changes-after = Now
changes-whole = the whole agreement
changes-not-before = was not there
changes-no-more = no more
changes-proposed = proposed
changes-counted = counts as approval
changes-for-programs = The same changes for programs (JSON)

party-description = The agreements that { $party } is in: what it has done, and what awaits it.
party-kind = Kind
party-codes = Codes
party-business-id = Business ID
party-continues = Continues
party-successors = Continued by
party-in-nothing = The party is in no agreement of this ledger.
party-bound = bound
party-leaves-on = Withdrawal takes effect on
party-acts = What the party has done
party-acts-none = There are no records of the party in this agreement.
awaits-title = What awaits the party
awaits-none = Nothing is awaited from the party now.
awaits-by = by { $date }
awaits-late = overdue
awaits-optional = optional
awaits-calendar = For the calendar (iCalendar): deadlines and duties
awaits-calendar-title = { $of }: what is awaited
