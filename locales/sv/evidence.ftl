## Bevismaterialets README.txt. En ändring av en publicerad ordalydelse får ett nytt nummer (src/evidence/readme.rs).

evidence-what =
    Här finns alla poster som registret { $ledger } hade om avtalet { $agreement } fram till kontrollpunkten, och bevis på
    att ingen av dem har ändrats, flyttats eller lämnats bort.
evidence-what-registry =
    Här finns alla poster som registret { $ledger } hade om parter och nycklar fram till kontrollpunkten, och bevis på att
    ingen av dem har ändrats, flyttats eller lämnats bort.
evidence-words =
    Den här texten har gjorts av posterna, och kontrollprogrammet gör den på nytt och jämför. Avgörande är posterna och
    deras underskrifter. Namn på personer finns inte i texten.
evidence-demonstration =
    Registret är till för demonstration: en del av händelserna är påhittade och märkta så. Det har ingen rättsverkan.
evidence-title = Avtal
evidence-id = Beteckning
evidence-ledger = Register
evidence-checkpoint = Kontrollpunkt
evidence-checkpoint-of =
    { $size ->
        [one] { $size } post, rot { $root }
       *[other] { $size } poster, rot { $root }
    }
evidence-last = Senaste post
evidence-policy = Registrets publicerade regler för vittnen, SHA-256
evidence-timestamp = Tidsstämpel
evidence-timestamp-of =
    { $size ->
        [one] Den första posten fanns senast { $moment }, säger tidsstämpeltjänsten (timestamps/{ $size }.tsr)
       *[other] De { $size } första posterna fanns senast { $moment }, säger tidsstämpeltjänsten (timestamps/{ $size }.tsr)
    }
evidence-trail = Händelser
evidence-parties = Parter
evidence-recorded = antecknad { $moment }
evidence-retracted = återkallad i post { $version }
evidence-corrected = rättad i post { $version }
evidence-confirmed = bekräftad i post { $version }
evidence-program = Kontroll med programmet
evidence-program-key =
    NYCKEL är registrets publika nyckel, som skaffas från annat håll än den som gav materialet, till exempel från en parts
    egna sidor. Egna krav på vittnen ges i en fil: --policy FIL.
evidence-file = FIL
evidence-key = NYCKEL
evidence-program-authority = CERTIFIKAT är tidsstämpeltjänstens certifikat till och med roten, skaffade från annat håll än den som gav materialet.
evidence-certificates = CERTIFIKAT
evidence-hand = Kontroll utan programmet
evidence-hand-leaf = En posts hashvärde är SHA-256 av en nollbyte och filens byte (registry, agreement).
evidence-hand-chain = Postens agreement_previous är hashvärdet av den föregående posten i samma mapp.
evidence-hand-proof =
    Filen proofs/<index>.tlog-proof leder från hashvärdet till roten på kontrollpunktens tredje rad (RFC 9162 § 2.1.3.2).
evidence-hand-signature =
    Postens envelope är ett DSSE-kuvert: payload är det som undertecknades (Ed25519). Nycklarna finns i posterna i mappen registry.
evidence-hand-checkpoint = Kontrollpunktens tre första rader är undertecknade med registrets och vittnenas nycklar (C2SP tlog-checkpoint).
evidence-hand-timestamp =
    timestamps/<storlek>.tsr är en tidsstämpel enligt RFC 3161 av kontrollpunkten med registrets egna underskriftsrader, utan vittnenas rader: openssl ts -verify -token_in.
evidence-hand-complete =
    heads.json visar att mapparnas sista poster är de sista: kontrollpunktens sista post nämner roten över alla avtals
    sista poster.
evidence-hand-formats = Alla format beskrivs i Sinettis dokumentation docs/formats.md.
