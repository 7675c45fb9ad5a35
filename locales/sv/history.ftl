## Händelserna, en rad för var och en. $who är den som säger det eller den vars handling det är; $place är organ och paragraf.

timeline-agreement-ended =
    { $who }: avtalet upphörde att gälla { $from } ({ $ending }). Grund: { $basis }{ $with ->
        [none] { "" }
       *[other] . Det ersattes av { $with }
    }.
timeline-agreement-opened = Avtalet öppnades i registret: { $title }. Antal parter: { $parties }.
timeline-amendment-proposed = { $who } föreslog en ändring av avtalet{ $articles ->
        [none] { "" }
       *[other] { " " }i punkterna { $articles }
    }. Ändringen träder i kraft när { $rule }.
timeline-annex-commitment-ended = { $who } lämnade bilagan i post { $target } från och med { $from }.
timeline-annex-committed = { $who } förband sig till bilagan i post { $target }.
timeline-annex-deposited = För gränsytan { $area } deponerades en bilaga som parterna kan ansluta sig till ({ $form }).
timeline-area-defined = En gränsyta lades till i avtalet: { $name }.
timeline-challenge-resolved = { $who }: ändringssökandet i beslutet i post { $target } avgjordes: { $outcome }. Avgjort av { $by }.
timeline-comment-round-opened = En remissrunda öppnades. Utlåtanden senast { $deadline }.
timeline-comment-submitted = { $who } gav ett utlåtande i remissrundan i post { $target }.
timeline-condition-settled = { $who }: villkor { $condition } i beslutet i post { $target }: { $outcome }.
timeline-counterpart-assigned = { $who } utsåg en motpart för gränsytan { $area }: { $office }.
timeline-counterpart-ended = { $who }: uppdraget som motpart i post { $target } upphörde.
timeline-decision-became-final = { $who }: beslutet i post { $target } vann laga kraft{ $issuer ->
        [none] { "" }
       *[other] . Lagakraftsbeviset gavs av { $issuer }
    }.
timeline-decision-challenged = { $who }: ändring har sökts i beslutet i post { $target } ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . Bara föredragningslista
        [unconfirmed] . Protokollet är ännu inte justerat
       *[other] { "" }
    }.
timeline-decision-replaced = { $who }: beslutet i post { $by } ersatte beslutet i post { $target }.
timeline-dispute-recorded =
    { $target ->
        [none] { $who } anmälde avvikande mening om avtalet ({ $matter }).
       *[other] { $who } anmälde avvikande mening om post { $target } ({ $matter }).
    }
timeline-dispute-resolved = { $who }: tvisten i post { $target } avslutades: { $outcome }. Avgjord av { $by }.
timeline-division-of-work-set =
    { $tasks ->
        [one] { $who }: arbetsfördelningen för gränsytan { $area } har avtalats, en uppgift.
       *[other] { $who }: arbetsfördelningen för gränsytan { $area } har avtalats, { $tasks } uppgifter.
    }
timeline-draft-presented = { $who }: utkastet presenterades, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [amendment] { $who } konstaterade att ändringen i post { $amendment } träder i kraft { $from }.
        [pair] { $who } konstaterade att avtalet träder i kraft { $from } med { $with }.
       *[all] { $who } konstaterade att avtalet träder i kraft { $from }.
    }
timeline-forum-ended = Ett samarbetsorgan upphörde: { $forum }.
timeline-forum-established = Ett samarbetsorgan inrättades för avtalet: { $name }.
timeline-goal-set = { $who }: ett mål sattes för gränsytan { $area }: { $name }.
timeline-indicator-reported = { $who } anmälde värdet på indikatorn { $indicator } för tiden { $period }: { $value }.
timeline-minutes-confirmed = { $who }: protokollet över beslutet i post { $target } justerades.
timeline-minutes-published = { $who }: protokollet över beslutet i post { $target } publicerades; tiden för ändringssökande började.
timeline-minutes-reinspected =
    { $who }, { $place }: protokollet över beslutet i post { $target } justerades på nytt{ $changes ->
        [0] ; inga ändringar har antecknats
       *[other] { "" }
    }.
timeline-negotiation-held =
    { $attending ->
        [one] { $who }: en förhandling hölls ({ $negotiation }) med en part.
       *[other] { $who }: en förhandling hölls ({ $negotiation }) med { $attending } parter.
    }
timeline-outside-party-joined = { $who } deltar som part utanför avtalet i bilagan i post { $target }.
timeline-party-acceded = En ny part anslöt sig till avtalet: { $with }, nummer { $number } i förteckningen över parter.
timeline-party-confirmed-by-successor =
    { $seat ->
        [merged] { $who } bekräftade sin föregångares handlingar ({ $with }) och meddelade att föregångarens plats förenas med dess egen.
        [taken] { $who } bekräftade sin föregångares handlingar ({ $with }) och tog föregångarens plats.
       *[none] { $who } bekräftade sin föregångares handlingar ({ $with }).
    }
timeline-preparation-phase-recorded =
    { $area ->
        [none] { $who }: ett skede i beredningen är klart: { $phase }.
       *[other] { $who }: ett skede i beredningen är klart för gränsytan { $area }: { $phase }.
    }
timeline-provisional-application-declared = { $who } tillämpar avtalet provisoriskt från och med { $from }.
timeline-provisional-application-ended = { $who } upphörde med den provisoriska tillämpning som anmäldes i post { $target }.
timeline-record-confirmed = { $who } bekräftade post { $target } som sin egen handling.
timeline-record-corrected = { $who } rättade uppgifter i post { $target }: { $fields }.
timeline-record-retracted = { $who } återkallade post { $target }.
timeline-signature-invalidated = { $who }: underskriften i post { $target } är ogiltig ({ $ground }).
timeline-signing-mandate-recorded =
    { $who } utsåg undertecknare: { $roles }. { $needed ->
        [one] En underskrift räcker.
       *[other] Det behövs { $needed } underskrifter.
    }
timeline-text-deposited = En text deponerades: { $title } ({ $role }, { $language }).
timeline-text-error-objected = { $who } motsatte sig den rättelse av texten som föreslogs i post { $target }.
timeline-text-error-proposed =
    { $corrections ->
        [one] { $who } föreslog att ett fel i texten rättas. Invändningar senast { $deadline }.
       *[other] { $who } föreslog att { $corrections } fel i texten rättas. Invändningar senast { $deadline }.
    }
timeline-text-error-rectified = Felet i texten rättades enligt förslaget i post { $target }. Den rättade texten gäller från början.
timeline-text-opened-for-approval =
    { $deadline ->
        [none] Parterna ombads godkänna en text.
       *[other] Parterna ombads godkänna en text. Svar senast { $deadline }.
    }
timeline-text-signed = { $who } undertecknade: { $role } ({ $grade }).
timeline-welfare-report-adopted = { $who }: en gemensam { $part } för åren { $period } godkändes, { $parties ->
        [one] en part
       *[other] { $parties } parter
    }.
timeline-withdrawal-notified = { $who } meddelade att den utträder ur avtalet från och med { $from }.
timeline-withdrawal-revoked = { $who } återtog sin uppsägning i post { $target }.
timeline-unknown = { $who }: en händelse som detta program inte känner till.

history-in-finnish = På finska:
organ-unnamed = organet nämns inte
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = En part som inte namnges ({ $described })
