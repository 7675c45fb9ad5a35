## Tapahtumat, yksi rivi kutakin kohti. $who on puhuja tai se, kenen teko on; $place on toimielin ja pykälä.

timeline-agreement-ended =
    { $who }: sopimuksen voimassaolo päättyi { $from } ({ $ending }). Peruste: { $basis }{ $with ->
        [none] { "" }
       *[other] . Tilalle tuli { $with }
    }.
timeline-agreement-opened = Sopimus avattiin rekisteriin: { $title }. Osapuolia on { $parties }.
timeline-amendment-proposed = { $who } ehdotti sopimuksen muuttamista{ $articles ->
        [none] { "" }
       *[other] { " " }kohdissa { $articles }
    }. Muutos tulee voimaan, kun { $rule }.
timeline-annex-commitment-ended = { $who } irtautui merkinnän { $target } liitteestä { $from } alkaen.
timeline-annex-committed = { $who } sitoutui merkinnän { $target } liitteeseen.
timeline-annex-deposited = Yhdyspinnalle { $area } talletettiin liite, johon osapuolet voivat liittyä ({ $form }).
timeline-area-defined = Sopimukseen lisättiin yhdyspinta: { $name }.
timeline-challenge-resolved = { $who }: merkinnän { $target } päätöstä koskeva muutoksenhaku ratkaistiin: { $outcome }. Ratkaisija: { $by }.
timeline-comment-round-opened = Lausuntokierros avattiin. Lausunnot viimeistään { $deadline }.
timeline-comment-submitted = { $who } antoi lausunnon merkinnän { $target } lausuntokierroksella.
timeline-condition-settled = { $who }: merkinnän { $target } päätöksen ehto { $condition }: { $outcome }.
timeline-counterpart-assigned = { $who } nimesi vastinparin yhdyspinnalle { $area }: { $office }.
timeline-counterpart-ended = { $who }: merkinnässä { $target } nimetyn vastinparin tehtävä päättyi.
timeline-decision-became-final = { $who }: merkinnän { $target } päätös sai lainvoiman{ $issuer ->
        [none] { "" }
       *[other] . Lainvoimaisuustodistuksen antoi { $issuer }
    }.
timeline-decision-challenged = { $who }: merkinnän { $target } päätökseen on haettu muutosta ({ $challenge }).
timeline-decision-recorded =
    { $who }, { $place }: { $resolution } ({ $effect }){ $minutes ->
        [agenda] . Vain esityslista
        [unconfirmed] . Pöytäkirjaa ei ole vielä tarkastettu
       *[other] { "" }
    }.
timeline-decision-replaced = { $who }: merkinnän { $by } päätös korvasi merkinnän { $target } päätöksen.
timeline-dispute-recorded =
    { $target ->
        [none] { $who } ilmoitti olevansa sopimuksesta eri mieltä ({ $matter }).
       *[other] { $who } ilmoitti olevansa merkinnästä { $target } eri mieltä ({ $matter }).
    }
timeline-dispute-resolved = { $who }: merkinnän { $target } erimielisyys päättyi: { $outcome }. Ratkaisija: { $by }.
timeline-division-of-work-set =
    { $tasks ->
        [one] { $who }: yhdyspinnan { $area } työnjako on sovittu, yksi tehtävä.
       *[other] { $who }: yhdyspinnan { $area } työnjako on sovittu, { $tasks } tehtävää.
    }
timeline-draft-presented = { $who }: luonnos esiteltiin, { $place }.
timeline-entry-into-force-determined =
    { $scope ->
        [amendment] { $who } totesi merkinnän { $amendment } muutoksen tulevan voimaan { $from }.
        [pair] { $who } totesi sopimuksen tulevan voimaan { $from }; toisena osapuolena { $with }.
       *[all] { $who } totesi sopimuksen tulevan voimaan { $from }.
    }
timeline-forum-ended = Yhteistyöelimen toiminta päättyi: { $forum }.
timeline-forum-established = Sopimukselle perustettiin yhteistyöelin: { $name }.
timeline-goal-set = { $who }: yhdyspinnalle { $area } asetettiin tavoite: { $name }.
timeline-indicator-reported = { $who } ilmoitti mittarin { $indicator } arvon ajalta { $period }: { $value }.
timeline-minutes-confirmed = { $who }: merkinnän { $target } päätöksen pöytäkirja tarkastettiin.
timeline-minutes-published = { $who }: merkinnän { $target } päätöksen pöytäkirja julkaistiin; muutoksenhakuaika alkoi.
timeline-minutes-reinspected =
    { $who }, { $place }: merkinnän { $target } päätöksen pöytäkirja tarkastettiin uudelleen{ $changes ->
        [0] ; muutoksia ei ole kirjattu
       *[other] { "" }
    }.
timeline-negotiation-held =
    { $attending ->
        [one] { $who }: neuvottelu pidettiin ({ $negotiation }), mukana yksi osapuoli.
       *[other] { $who }: neuvottelu pidettiin ({ $negotiation }), mukana { $attending } osapuolta.
    }
timeline-outside-party-joined = { $who } osallistuu sopimuksen ulkopuolisena osapuolena merkinnän { $target } liitteeseen.
timeline-party-acceded = Sopimukseen liittyi uusi osapuoli: { $with }, numero { $number } osapuolten luettelossa.
timeline-party-confirmed-by-successor =
    { $seat ->
        [merged] { $who } vahvisti edeltäjänsä { $with } teot ja ilmoitti, että edeltäjän paikka yhdistyy sen omaan paikkaan.
        [taken] { $who } vahvisti edeltäjänsä { $with } teot ja otti edeltäjän paikan.
       *[none] { $who } vahvisti edeltäjänsä { $with } teot.
    }
timeline-preparation-phase-recorded =
    { $area ->
        [none] { $who }: valmistelun vaihe on tehty: { $phase }.
       *[other] { $who }: valmistelun vaihe on tehty yhdyspinnalla { $area }: { $phase }.
    }
timeline-provisional-application-declared = { $who } soveltaa sopimusta väliaikaisesti { $from } alkaen.
timeline-provisional-application-ended = { $who } lopetti merkinnässä { $target } ilmoitetun väliaikaisen soveltamisen.
timeline-record-confirmed = { $who } vahvisti, että merkintä { $target } pitää paikkansa.
timeline-record-corrected = { $who } oikaisi merkinnän { $target } tietoja: { $fields }.
timeline-record-retracted = { $who } perui merkinnän { $target }.
timeline-signature-invalidated = { $who }: merkinnän { $target } allekirjoitus on pätemätön ({ $ground }).
timeline-signing-mandate-recorded =
    { $who } nimesi allekirjoittajat: { $roles }. { $needed ->
        [one] Yksi allekirjoitus riittää.
       *[other] Tarvitaan { $needed } allekirjoitusta.
    }
timeline-text-deposited = Teksti talletettiin: { $title } ({ $role }, { $language }).
timeline-text-error-objected = { $who } vastusti merkinnässä { $target } ehdotettua tekstin korjausta.
timeline-text-error-proposed =
    { $corrections ->
        [one] { $who } ehdotti tekstin virheen korjaamista. Vastustettava viimeistään { $deadline }.
       *[other] { $who } ehdotti { $corrections } virheen korjaamista tekstiin. Vastustettava viimeistään { $deadline }.
    }
timeline-text-error-rectified = Tekstin virhe korjattiin merkinnän { $target } ehdotuksen mukaisesti. Korjattu teksti on voimassa alusta alkaen.
timeline-text-opened-for-approval =
    { $deadline ->
        [none] Osapuolia pyydettiin hyväksymään teksti.
       *[other] Osapuolia pyydettiin hyväksymään teksti. Vastaus viimeistään { $deadline }.
    }
timeline-text-signed = { $who } allekirjoitti: { $role } ({ $grade }).
timeline-welfare-report-adopted = { $who }: yhteinen { $part } vuosille { $period } hyväksyttiin, mukana { $parties ->
        [one] yksi osapuoli
       *[other] { $parties } osapuolta
    }.
timeline-withdrawal-notified = { $who } ilmoitti irtautuvansa sopimuksesta { $from } alkaen.
timeline-withdrawal-revoked = { $who } peruutti merkinnän { $target } irtautumisilmoituksen.
timeline-unknown = { $who }: tapahtuma, jota tämä ohjelma ei tunne.

history-in-finnish = Suomeksi:
organ-unnamed = toimielintä ei mainita
organ-place = { $organ } § { $section }
organ-glossed = { $organ } ({ $kind })
described-party = Nimeämätön osapuoli ({ $described })
