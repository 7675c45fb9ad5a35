## Following: feeds, the badge and open data.
feed-title = { $of }: new entries
feed-retracted = retracted
feed-corrected = corrected
catalog-title = Ledger of agreements { $origin }
catalog-description = The state of agreements between municipalities and other public bodies: who has approved, who has signed, and whether the agreement is in force. Everything follows from signed records that anybody can verify.
catalog-dataset = Parties, approvals, signatures, entry into force and the whole history of the agreement, with proofs.
catalog-state = State of the agreement
catalog-parties = Table of parties
catalog-timeline = History in plain words
catalog-events = Signed records
catalog-feed = New entries as a feed
catalog-evidence = Evidence bundle that verifies offline

## On the agreement's page.
follow-title = Follow this agreement
follow-help = No e-mail address is needed or asked for.
follow-feed = New entries as a feed (Atom) for a feed reader
follow-table = The table of parties (CSV) for a spreadsheet
follow-badge = A badge of the state (SVG) for your own site
follow-catalog = Catalogue of open data (DCAT-AP)
follow-moment = The page as it is shown now stays at one address:
follow-permalink = permanent address
follow-news = New entries: { $count }. This page shows the state before them.
follow-reload = Load the page again
picture-on = As of { $on }
picture-known = As known on { $known }, in force on { $on }
