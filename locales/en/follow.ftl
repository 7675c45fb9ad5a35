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
