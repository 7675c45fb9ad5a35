## Who runs the ledger, privacy, accessibility statement

operator-name = Operator
operator-email = E-mail
operator-telephone = Telephone
operator-address = Address
operator-missing = The operator of this ledger has not given its contact details. They are given when the server is started.

privacy-title = Privacy
privacy-lead = This page tells which personal data the ledger holds, why, and for how long.
privacy-who-title = Controller
privacy-officer-title = Data protection officer
privacy-officer-missing = The operator has not given the contact details of its data protection officer.
privacy-what-title = Which data
privacy-what = Records of public bodies’ decisions and signatures may have the name of a signatory, presenter or preparer, and a verbatim passage of minutes. These are kept apart from the records; the record itself holds only their digest. No other personal data are asked for. The sources are the parties themselves and their public minutes.
privacy-why-title = Why
privacy-why = The data are processed to prove who has decided and signed what. Processing is necessary for a task carried out in the public interest and in the exercise of official authority (GDPR Article 6(1)(e); Data Protection Act, section 4).
privacy-long-title = For how long
privacy-long = Names leave these pages when the period for appeal has ended (Local Government Act, section 140). The operator sets the time for each agreement; where it has set none, names are shown for 60 days from the act.
privacy-erase = The operator can erase a name or a document from the ledger altogether. The record and its proofs stay whole, and the erasure leaves a trace.
privacy-visitors-title = Visitors
privacy-visitors = The service uses no cookies and does not track visitors, and no page fetches anything from other servers. The program stores nothing about visitors. The operator’s network may log requests for security.
privacy-rights-title = Your rights
privacy-rights = You can ask the operator for the data about yourself, for the correction of an error or for erasure, and object to processing.
privacy-complaint = You can lodge a complaint with the Data Protection Ombudsman:

access-title = Accessibility statement
access-lead = This statement is about the pages of the ledger Sinetti. The Act on the Provision of Digital Services (306/2019) applies to them.
access-state-title = How accessible the service is
access-state = The pages partially meet the criteria of levels A and AA (WCAG 2.1) that the act requires. The gaps are listed below. The aim is level AA of WCAG 2.2.
access-gaps-title = What is not accessible
access-gap-documents = Documents that the parties have given, such as minutes and scanned signatures, may be files that a screen reader can’t read (WCAG 1.1.1, 1.3.1). They are originals and can’t be changed without harm to their worth as evidence. The essential content stands on the pages as text.
access-gap-language = The minutes’ and agreements’ own words stand in the language in which they were written and are not always translated. The language is marked (WCAG 3.1.2).
access-gap-scripts = Checking proofs in the browser needs JavaScript. The same check can be made with the program.
access-made-title = How this statement was made
access-made = The statement rests on an assessment by the makers of the program. With every change the pages are checked by a program in all languages, light and dark, at the widths of a phone and a computer, and gone through with a keyboard alone. No outside expert has assessed the pages.
access-reviewed = The statement was prepared or reviewed on { $date }.
access-reviewed-missing = The operator has not said when it reviewed this statement.
access-feedback-title = Did you notice a gap?
access-feedback = Tell the operator, and it will be mended. An answer is given within 14 days.
access-authority-title = Supervisory authority
access-authority = If you are not content with the answer, or get none within 14 days, you can file a report with the supervisory authority. Its site tells how a report is made and how the matter is handled.
access-authority-name = Finnish Transport and Communications Agency Traficom
access-authority-unit = Supervision of digital accessibility
access-authority-telephone = telephone +358 29 534 5000 (switchboard)

## Search

search-title = Search
search-label = Search agreements, parties and events
search-button = Search
search-help = The search looks at the titles of agreements, the names and ids of parties, and the plain words and case numbers of events. Names of persons are not searched.
search-none = Nothing was found for “{ $query }”.
search-found =
    { $count ->
        [one] { $count } result for
       *[other] { $count } results for
    }
search-more = There are more results than are shown here. Narrow the search.
search-too-long = The search is too long. Write at most 100 characters.
search-agreements = Agreements
search-parties = Parties
search-acts = Events
