## Händelserna, en rad för var och en. $who är den som säger det eller den vars handling det är; $place är organ och paragraf.

timeline-agreement-opened = Avtalet öppnades i registret: { $title }. Antal parter: { $parties }.
timeline-challenge-resolved = { $who }: ändringssökandet i beslutet i post { $target } avgjordes: { $outcome }. Avgjort av { $by }.
timeline-comment-round-opened = En remissrunda öppnades. Utlåtanden senast { $deadline }.
timeline-decision-challenged = { $who }: ändring har sökts i beslutet i post { $target } ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . Bara föredragningslista
        [unconfirmed] . Protokollet är ännu inte justerat
       *[other] { "" }
    }.
timeline-draft-presented = { $who }: utkastet presenterades, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [pair] { $who } konstaterade att avtalet träder i kraft { $from } med { $with }.
       *[all] { $who } konstaterade att avtalet träder i kraft { $from }.
    }
timeline-minutes-confirmed = { $who }: protokollet över beslutet i post { $target } justerades.
timeline-minutes-reinspected =
    { $who }, { $place }: protokollet över beslutet i post { $target } justerades på nytt{ $changes ->
        [0] ; inga ändringar har antecknats
       *[other] { "" }
    }.
timeline-record-confirmed = { $who } bekräftade post { $target } som sin egen handling.
timeline-record-corrected = { $who } rättade uppgifter i post { $target }: { $fields }.
timeline-record-retracted = { $who } återkallade post { $target }.
timeline-signing-mandate-recorded =
    { $who } utsåg undertecknare: { $roles }. { $needed ->
        [one] En underskrift räcker.
       *[other] Det behövs { $needed } underskrifter.
    }
timeline-text-deposited = En text deponerades: { $title } ({ $role }, { $language }).
timeline-text-signed = { $who } undertecknade: { $role } ({ $grade }).
timeline-unknown = { $who }: en händelse som detta program inte känner till.

history-in-finnish = På finska:
organ-unnamed = organet nämns inte
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = En part som inte namnges ({ $described })
