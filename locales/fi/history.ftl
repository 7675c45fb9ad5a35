## Tapahtumat, yksi rivi kutakin kohti. $who on puhuja tai se, kenen teko on; $place on toimielin ja pykälä.

timeline-agreement-opened = Sopimus avattiin rekisteriin: { $title }. Osapuolia on { $parties }.
timeline-challenge-resolved = { $who }: merkinnän { $target } päätöstä koskeva muutoksenhaku ratkaistiin: { $outcome }. Ratkaisija: { $by }.
timeline-comment-round-opened = Lausuntokierros avattiin. Lausunnot viimeistään { $deadline }.
timeline-decision-challenged = { $who }: merkinnän { $target } päätökseen on haettu muutosta ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . Vain esityslista
        [unconfirmed] . Pöytäkirjaa ei ole vielä tarkastettu
       *[other] { "" }
    }.
timeline-draft-presented = { $who }: luonnos esiteltiin, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [pair] { $who } totesi sopimuksen tulevan voimaan { $from }; toisena osapuolena { $with }.
       *[all] { $who } totesi sopimuksen tulevan voimaan { $from }.
    }
timeline-minutes-confirmed = { $who }: merkinnän { $target } päätöksen pöytäkirja tarkastettiin.
timeline-minutes-reinspected =
    { $who }, { $place }: merkinnän { $target } päätöksen pöytäkirja tarkastettiin uudelleen{ $changes ->
        [0] ; muutoksia ei ole kirjattu
       *[other] { "" }
    }.
timeline-record-confirmed = { $who } vahvisti, että merkintä { $target } pitää paikkansa.
timeline-record-corrected = { $who } oikaisi merkinnän { $target } tietoja: { $fields }.
timeline-record-retracted = { $who } perui merkinnän { $target }.
timeline-signing-mandate-recorded =
    { $who } nimesi allekirjoittajat: { $roles }. { $needed ->
        [one] Yksi allekirjoitus riittää.
       *[other] Tarvitaan { $needed } allekirjoitusta.
    }
timeline-text-deposited = Teksti talletettiin: { $title } ({ $role }, { $language }).
timeline-text-signed = { $who } allekirjoitti: { $role } ({ $grade }).
timeline-unknown = { $who }: tapahtuma, jota tämä ohjelma ei tunne.

history-in-finnish = Suomeksi:
organ-unnamed = toimielintä ei mainita
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = Nimeämätön osapuoli ({ $described })
