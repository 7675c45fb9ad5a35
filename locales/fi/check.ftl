## Tarkistus selaimessa.

menu-check = Tarkista
check-title = Tarkista selaimessa
check-lead = Tämä sivu laskee todisteet uudelleen omassa selaimessasi. Tiedostoja ei lähetetä minnekään, eikä palvelimen sanaan luoteta.
check-no-script = Tarkistus selaimessa vaatii JavaScriptin. Ilman sitä voit tarkistaa samat tiedostot ohjelmalla tai käsin; ohjeet ovat alla.
check-files = Tarkistettavat tiedostot
check-files-help = Kuitti, todiste (.tlog-proof) ja sen merkintä tai tarkistuspisteitä. Voit myös pudottaa tiedostot tähän.
check-run = Tarkista
check-trust = Mihin luotetaan
check-trust-help = Rekisterin avaimet ja ensimmäisen merkinnän tiiviste on julkaistu myös muualla kuin tässä palvelussa. Vertaa, tai korvaa ne muualta saamillasi: vain silloin tulos ei riipu tästä sivusta.
check-keys = Rekisterin avaimet (vkey), yksi riviä kohti
check-founding = Ensimmäisen merkinnän tiiviste (base64)
check-offline-title = Tallenna tarkistin itsellesi
check-offline = Tarkistin on saatavana yhtenä tiedostona, joka toimii ilman verkkoyhteyttä. Tallenna se nyt, niin voit myöhemmin tarkistaa kuitit ja todisteet, vaikka tätä palvelua ei enää olisi.
check-offline-link = Tallenna tarkistin (HTML)
check-offline-lead = Tämä tiedosto tarkistaa Sinetti-rekisterin kuitit ja todisteet ilman verkkoyhteyttä. Se on tallennettu rekisteristä { $origin }.
check-other-title = Tarkista ohjelmalla tai käsin
check-other = Ohjelma sinetti tarkistaa enemmän kuin selain: se toistaa myös sopimusten säännöt ja koko rekisterin.
check-other-hand = Käsin tarkistamiseen riittävät curl, jq ja openssl; tavut on kuvattu ohjelman mukana tulevassa dokumentaatiossa (docs/auditing.md ja docs/formats.md).

check-here-title = Tarkista tämä merkintä tässä
check-here = Selaimesi hakee merkinnän, sen todisteen ja rekisterin avaintapahtumat ja laskee kaiken itse: tiivisteet, allekirjoitukset ja paikan rekisterissä.
check-here-run = Tarkista selaimessa
check-here-no-script = Tarkistus selaimessa vaatii JavaScriptin. Ilman sitä voit ladata todisteen ja merkinnän ja tarkistaa ne ohjelmalla tai käsin.

## Mitä tarkistin sanoo. Aaltosulkeissa olevat kohdat täyttää selain.

check-say-working = Tarkistetaan…
check-say-no-files = Valitse ensin tarkistettavat tiedostot.
check-say-bad-key = Tämä ei ole kelvollinen avain (vkey): { $value }
check-say-bad-founding = Ensimmäisen merkinnän tiivisteen on oltava 32 tavua base64-muodossa.
check-say-broken = Tarkistin ei päässyt loppuun. Mitään ei ole todettu.

check-say-verdict-valid = Kunnossa
check-say-verdict-suspect = Epäilyksenalainen
check-say-verdict-unverifiable = Ei todennettavissa
check-say-verdict-tampered = Muutettu
check-say-headline-valid = Kaikki, minkä tämä selain tarkisti, pitää paikkansa.
check-say-headline-suspect = Aito, mutta allekirjoitettu avaimella, joka on saattanut olla väärissä käsissä.
check-say-headline-unverifiable = Kaikkea ei voitu todentaa.
check-say-headline-tampered = Jokin ei pidä paikkaansa.

check-say-checked = Tarkistettu
check-say-count-records = Merkinnän muoto ja paikka: { $count }
check-say-count-signatures = Osapuolten allekirjoitukset: { $count }
check-say-count-checkpoint-signatures = Rekisterin allekirjoitukset tarkistuspisteessä: { $count }
check-say-count-inclusions = Merkinnän sisältyminen rekisteriin: { $count }

check-say-unchecked = Ei tarkistettu
check-say-unchecked-rules = Sopimusten säännöt: olisiko teko pitänyt hyväksyä rekisteriin. Ohjelma sinetti toistaa ne.
check-say-unchecked-ml-dsa = Rekisterin toinen allekirjoitus (ML-DSA-44): tässä selaimessa ei ole sitä.
check-say-unchecked-author = Osapuolen allekirjoitus: avain on rekisterissä eikä tässä tiedostossa.
check-say-unchecked-completeness = Se, ettei mitään ole jätetty pois.
check-say-unchecked-inclusion = Tarkistuspisteen alla olevat merkinnät.
check-say-unchecked-consistency = Se, että uudempi tarkistuspiste jatkaa vanhempaa: siihen tarvitaan rekisterin omat todisteet.

check-say-trust-page = Rekisterin avaimina käytettiin tämän sivun antamia. Vertaa niitä muualla julkaistuihin.
check-say-trust-own = Rekisterin avaimina käytettiin itse antamiasi.

check-say-findings = Havainnot
check-say-place = merkintä { $index }

check-say-facts = Mitä tarkistettiin
check-say-fact-agreement = Sopimus
check-say-fact-version = Sopimuksen merkintä nro
check-say-fact-index = Rekisterin merkintä nro
check-say-fact-recorded-at = Merkitty rekisteriin (ylläpitäjän ilmoittama)
check-say-fact-leaf = Merkinnän tiiviste
check-say-fact-actor = Kuka sanoi
check-say-fact-type = Tapahtuman laji
check-say-fact-origin = Rekisterin tunnus
check-say-fact-size = Merkintöjä tarkistuspisteessä
check-say-fact-root = Tarkistuspisteen juuri
check-say-fact-founding = Ensimmäisen merkinnän tiiviste

check-say-finding-other = Tarkistus ei pitänyt paikkaansa.
check-say-finding-key-rule = Avaintapahtuma on vastoin avainten sääntöjä.
check-say-finding-record-misplaced = Merkintä ei sovi paikkaansa ketjussa.
check-say-finding-record-not-canonical = Merkinnän tavut eivät ole ainoassa oikeassa muodossaan.
check-say-finding-record-format-unknown = Merkintä on muotoa, jota tämä tarkistin ei tunne.
check-say-finding-record-malformed = Tavut eivät ole rekisterin merkintä.
check-say-finding-record-too-long = Merkintä on liian pitkä.
check-say-finding-envelope-malformed = Allekirjoituskuori on väärää muotoa.
check-say-finding-not-canonical = Allekirjoitetut tavut eivät ole ainoassa oikeassa muodossaan.
check-say-finding-payload-malformed = Allekirjoitetut tavut eivät ole tapahtuma.
check-say-finding-payload-too-long = Allekirjoitettu tapahtuma on liian pitkä.
check-say-finding-characters-unknown = Tekstissä on merkki, jota tämä selain ei vielä tunne.
check-say-finding-ledger-mismatch = Allekirjoitettu toista rekisteriä varten.
check-say-finding-agreement-mismatch = Allekirjoitettu toista sopimusta varten.
check-say-finding-expired = Merkitty rekisteriin vasta tekijän asettaman määräajan jälkeen.
check-say-finding-seen-not-in-history = Tekijä oli nähnyt toisen historian kuin tämän.
check-say-finding-event-repeated = Sama tapahtuma on rekisterissä kahdesti.
check-say-finding-event-type-unknown = Tapahtuma on lajia, jota tämä tarkistin ei tunne.
check-say-finding-data-malformed = Avaintapahtuman tiedot ovat väärää muotoa.
check-say-finding-erased-event-unknown = Poistettavaksi nimettyä tapahtumaa ei ole.
check-say-finding-key-unknown = Allekirjoittaneen avainta ei ole rekisterissä.
check-say-finding-key-of-another-party = Avain kuuluu toiselle osapuolelle.
check-say-finding-key-revoked = Avain oli jo peruutettu.
check-say-finding-key-purpose = Avainta ei ole annettu tällaiseen tekoon.
check-say-finding-key-possession-unproven = Uusi avain ei ole itse allekirjoittanut.
check-say-finding-key-threshold = Allekirjoittaneita avaimia on liian vähän.
check-say-finding-founder-signature-missing = Perustajan allekirjoitus puuttuu.
check-say-finding-signature-invalid = Allekirjoitus ei pidä.
check-say-finding-key-suspect = Avain on haltijansa mukaan saattanut olla silloin väärissä käsissä.
check-say-finding-records-missing = Merkintöjä puuttuu.
check-say-finding-records-beyond-checkpoint = Tarkistuspisteen jälkeen tulevia merkintöjä ei ole allekirjoitettu.
check-say-finding-root-mismatch = Merkinnöistä ei tule tarkistuspisteen juurta.
check-say-finding-log-empty = Yhtään merkintää ei ole.
check-say-finding-checkpoint-signature = Rekisterin allekirjoitus tarkistuspisteessä ei pidä tai puuttuu.
check-say-finding-checkpoint-before-record = Tarkistuspiste on allekirjoitettu ennen kuin sen viimeinen merkintä tehtiin.
check-say-finding-checkpoint-malformed = Tämä ei ole tarkistuspiste.
check-say-finding-log-key-unknown = Tämän rekisterin avainta ei tunneta; lisää se kohtaan ”Mihin luotetaan”.
check-say-finding-fork = Rekisteri on allekirjoittanut kaksi eri historiaa. Säilytä molemmat tiedostot: ne ovat todiste.
check-say-finding-receipt-contradiction = Kuitti sanoo muuta kuin merkinnän tavut.
check-say-finding-proof-malformed = Todiste on väärää muotoa.
check-say-finding-proof-misplaced = Todiste on toisesta paikasta rekisterissä.
check-say-finding-not-included = Todiste ei osoita, että merkintä on rekisterissä.
check-say-finding-record-missing = Todisteen merkintä puuttuu; anna sekin.
check-say-finding-proof-missing = Todiste puuttuu; anna sekin.
check-say-finding-founding-mismatch = Ensimmäinen merkintä on toinen kuin se, johon luotetaan.
check-say-finding-browser-unfit = Selaimessa ei ole riittävän tiukkaa Ed25519-tarkistusta. Käytä uudempaa selainta tai ohjelmaa.
check-say-finding-file-too-large = Tiedosto on liian suuri.
check-say-finding-file-unknown = Tiedosto ei ole mikään niistä, jotka voidaan tarkistaa.
check-say-finding-page-differs = Sivulla näkyvät tavut ovat toiset kuin tarkistetut.
check-say-finding-server-silent = Palvelin ei antanut kaikkea, mitä tarkistukseen tarvitaan.
