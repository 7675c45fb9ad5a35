## Todistusaineiston README.txt. Julkaistun sanamuodon muutos on uusi sanamuodon numero (src/evidence/readme.rs).

evidence-what =
    Tässä ovat kaikki merkinnät, jotka rekisterissä { $ledger } oli sopimuksesta { $agreement } tarkistuspisteeseen mennessä,
    ja todisteet siitä, ettei yhtäkään ole muutettu, siirretty tai jätetty pois.
evidence-what-registry =
    Tässä ovat kaikki merkinnät, jotka rekisterissä { $ledger } oli osapuolista ja avaimista tarkistuspisteeseen mennessä,
    ja todisteet siitä, ettei yhtäkään ole muutettu, siirretty tai jätetty pois.
evidence-words =
    Tämä teksti on tehty merkinnöistä, ja tarkistusohjelma tekee sen uudelleen ja vertaa. Ratkaisevia ovat merkinnät ja
    niiden allekirjoitukset. Henkilöiden nimiä ei ole tässä tekstissä.
evidence-demonstration =
    Rekisteri on esittelyä varten: osa tapahtumista on keksittyjä ja merkitty niin. Sillä ei ole oikeusvaikutusta.
evidence-title = Sopimus
evidence-id = Tunnus
evidence-ledger = Rekisteri
evidence-checkpoint = Tarkistuspiste
evidence-checkpoint-of =
    { $size ->
        [one] { $size } merkintä, juuri { $root }
       *[other] { $size } merkintää, juuri { $root }
    }
evidence-last = Viimeisin merkintä
evidence-policy = Rekisterin julkaisema todistajakäytäntö, SHA-256
evidence-timestamp = Aikaleima
evidence-timestamp-of =
    { $size ->
        [one] Ensimmäinen merkintä oli olemassa viimeistään { $moment }, sanoo aikaleimapalvelu (timestamps/{ $size }.tsr)
       *[other] { $size } ensimmäistä merkintää oli olemassa viimeistään { $moment }, sanoo aikaleimapalvelu (timestamps/{ $size }.tsr)
    }
evidence-trail = Tapahtumat
evidence-parties = Osapuolet
evidence-recorded = merkitty { $moment }
evidence-retracted = peruttu merkinnällä { $version }
evidence-corrected = oikaistu merkinnällä { $version }
evidence-confirmed = vahvistettu merkinnällä { $version }
evidence-program = Tarkistaminen ohjelmalla
evidence-program-key =
    AVAIN on rekisterin julkinen avain, joka hankitaan muualta kuin tämän aineiston antajalta, esimerkiksi osapuolen omilta
    sivuilta. Omat todistajavaatimukset annetaan tiedostona: --policy TIEDOSTO.
evidence-file = TIEDOSTO
evidence-key = AVAIN
evidence-program-authority = VARMENTEET ovat aikaleimapalvelun varmenteet juureen asti, muualta kuin tämän aineiston antajalta hankittuina.
evidence-certificates = VARMENTEET
evidence-hand = Tarkistaminen ilman ohjelmaa
evidence-hand-leaf = Merkinnän tiiviste on SHA-256 nollatavusta ja sen tiedoston tavuista (registry, agreement).
evidence-hand-chain = Merkinnän agreement_previous on saman kansion edellisen merkinnän tiiviste.
evidence-hand-proof =
    Tiedosto proofs/<index>.tlog-proof johtaa tiivisteestä tarkistuspisteen kolmannen rivin juureen (RFC 9162 § 2.1.3.2).
evidence-hand-signature =
    Merkinnän envelope on DSSE-kuori: payload on se, mikä allekirjoitettiin (Ed25519). Avaimet ovat kansion registry merkinnöissä.
evidence-hand-checkpoint = Tarkistuspisteen kolme ensimmäistä riviä ovat rekisterin ja todistajien avainten allekirjoittamat (C2SP tlog-checkpoint).
evidence-hand-timestamp =
    timestamps/<koko>.tsr on RFC 3161 -aikaleima tarkistuspisteestä ja rekisterin omista allekirjoitusriveistä, ilman todistajien rivejä: openssl ts -verify -token_in.
evidence-hand-complete =
    heads.json osoittaa, että kansioiden viimeiset merkinnät ovat viimeiset: tarkistuspisteen viimeinen merkintä nimeää
    kaikkien sopimusten viimeisten merkintöjen juuren.
evidence-hand-formats = Kaikki muodot on kuvattu Sinetin ohjeessa docs/formats.md.
