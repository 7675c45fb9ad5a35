## Sivujen tekstit.

service-name = Sinetti
skip-to-content = Siirry sisältöön
languages = Kielet
menu = Päävalikko
menu-agreements = Sopimukset
menu-about = Tietoa palvelusta
breadcrumb = Murupolku
to-front = Kaikki sopimukset

demonstration = Esittelyrekisteri
demonstration-warning = Esittelyrekisteri: osa tapahtumista on keksittyjä. Ne on merkitty sanalla ”keksitty”, ja laskelmissa ne ovat mukana. Tällä rekisterillä ei ole oikeusvaikutusta.

footer-what = Sinetti on rekisteri, jolla julkisyhteisöt osoittavat, mitä ne ovat päättäneet keskinäisestä sopimuksestaan.
footer-ledger = Rekisterin tunnus:
footer-checkpoint = Uusin tarkistuspiste
footer-api = Ohjelmointirajapinta

front-title = Sopimukset ja niiden tilanne
front-lead = Kuka on hyväksynyt, kuka allekirjoittanut, ja onko sopimus voimassa? Jokainen vastaus johdetaan allekirjoitetuista tapahtumista, jotka kuka tahansa voi tarkistaa.
front-none = Rekisterissä ei ole vielä yhtään sopimusta.
front-damaged = Tätä sopimusta ei voi näyttää: sen merkinnöissä on vika, jonka rekisterin ylläpidon on korjattava.

## Vastaus yhdellä lauseella

sentence-waiting =
    Ei vielä voimassa: { $total } osapuolesta { $approved ->
        [0] { $signed ->
            [0] yksikään ei ole hyväksynyt eikä allekirjoittanut.
           *[other] yksikään ei ole hyväksynyt, ja { $signed } on allekirjoittanut.
        }
       *[other] { $signed ->
            [0] { $approved } on hyväksynyt, eikä yksikään ole allekirjoittanut.
           *[other] { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
        }
    }
sentence-waiting-approvals =
    Ei vielä voimassa: { $total } osapuolesta { $approved ->
        [0] yksikään ei ole hyväksynyt.
       *[other] { $approved } on hyväksynyt.
    }
sentence-in-force = Voimassa { $date } alkaen: kaikki { $total } osapuolta ovat hyväksyneet ja allekirjoittaneet.
sentence-in-force-approvals = Voimassa { $date } alkaen: kaikki { $total } osapuolta ovat hyväksyneet.
sentence-contested = Kiistanalainen: sopimuksen todettiin tulleen voimaan { $date }, mutta peruste on sen jälkeen muuttunut. { $total } osapuolesta { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
sentence-pairs =
    { $pairs ->
        [0] Ei vielä voimassa kenenkään välillä: { $total } osapuolesta { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
        [one] Voimassa yhden osapuolen kanssa; toisena osapuolena on { $hub }. { $total } osapuolesta { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
       *[other] Voimassa { $pairs } osapuolen kanssa; toisena osapuolena on { $hub }. { $total } osapuolesta { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
    }
missing-few = Puuttuu: { $names }.
missing-many =
    { $count ->
        [one] Yksi osapuoli puuttuu vielä.
       *[other] { $count } osapuolta puuttuu vielä. Luettelo on alla.
    }
as-recorded = Vastaus perustuu vain siihen, mitä tähän rekisteriin on merkitty. Osapuoli on voinut hyväksyä tai allekirjoittaa sopimuksen, vaikka tieto puuttuu täältä.
missing-both = hyväksyntä ja allekirjoitus
missing-approval = hyväksyntä
missing-signature = allekirjoitus
missing-list = Ketkä puuttuvat ja mitä heiltä puuttuu
map-title = Osapuolet kartalla
map-help = Yksi ruutu on yksi osapuoli, koska kukin lasketaan kerran. Kunta on suunnilleen siinä, missä se sijaitsee. Ruudusta pääsee osapuolen riville; numero on sama kuin luettelossa.
map-county = hyvinvointi­alue
map-region = maakunnan liitto
map-done = hyväksynyt ja allekirjoittanut
map-done-approval = hyväksynyt
map-approved = hyväksynyt, allekirjoitus puuttuu
map-signed = allekirjoittanut, hyväksyntä puuttuu
map-waiting = hyväksyntä ja allekirjoitus puuttuvat
map-waiting-approval = hyväksyntä puuttuu
map-against = päätös sopimusta vastaan tai irtautunut
determined-on = Kirjaaja on todennut voimaantulon.
determined-not = Voimaantulon ehdot täyttyvät. Kirjaaja ei ole vielä todennut voimaantuloa.
contested-because = Miksi kiistanalainen

## Sopimussivu

as-of-record =
    { $count ->
        [one] Sopimuksesta on { $count } merkintä, rekisterin nro { $index }, merkitty { $moment }.
       *[other] Sopimuksesta on { $count } merkintää; uusin on rekisterin nro { $index }, merkitty { $moment }.
    }
as-of-on = Voimassaolo katsottu päivältä { $date }.
as-of-checkpoint =
    { $count ->
        [0] Tarkistuspistettä ei vielä ole.
        [one] Tarkistuspiste kattaa { $count } merkinnän.
       *[other] Tarkistuspiste kattaa { $count } merkintää.
    }
banner-moment = Näet tilanteen sellaisena kuin se tiedettiin { $known } ja oli voimassa { $on }.
banner-known = Näet tilanteen sellaisena kuin se tiedettiin { $known }.
banner-on = Näet, mitä oli voimassa { $on } nykytiedon mukaan.
banner-back = Näytä nykytilanne
on-this-page = Tällä sivulla

count-bound = Sopimus sitoo
of-total = / { $total }

moments-title = Katso toista hetkeä
moments-help = Rekisterissä on kaksi aikaa: milloin jokin tapahtui ja milloin se merkittiin rekisteriin.
moments-known = Tiedossa viimeistään
moments-on = Voimassa päivänä
moments-show = Näytä

rule-title = Milloin sopimus on voimassa
rule-all-approved-and-signed = Sopimus on voimassa, kun kaikki { $total } osapuolta ovat hyväksyneet sen ja allekirjoittaneet sen. Hyväksyntä ja allekirjoitus ovat eri asioita, ja kumpikin tarvitaan jokaiselta.
rule-all-approved = Sopimus on voimassa, kun kaikki { $total } osapuolta ovat tehneet yhtäpitävät hyväksymispäätökset. Allekirjoituksia ei tarvita.
rule-threshold = Sopimus on voimassa, kun osapuolista { $parties } on hyväksynyt sen{ $signatures ->
    [yes] {" "}ja allekirjoittanut sen
   *[no] {""}
}{ $population ->
    [none] .
   *[other] {" "}ja niiden osuus asukkaista on { $population }.
}
share-at-least = vähintään { $fraction }
share-more-than = yli { $fraction }
rule-each-when-approved-and-signed = Sopimus tulee voimaan pareittain: toisena osapuolena on aina { $hub } ja toisena kukin muu osapuoli siitä alkaen, kun molemmat ovat hyväksyneet ja allekirjoittaneet sen.
rule-stated = Sääntö on luettavissa sopimuksesta:
rule-assumed = Sääntöä ei ole luettavissa sopimuksesta, vaan se on oletettu:
rule-term-until-further-notice = Sopimus on voimassa toistaiseksi.
rule-term-fixed = Sopimus on voimassa { $date } asti.
rule-term-unknown = Sopimuksen kesto ei ole tiedossa.
rule-counting = Hyväksynnäksi lasketaan toimivaltaisen toimielimen päätös hyväksyä juuri tämä teksti. Se, että toimielin ”hyväksyi ehdotuksen” merkitä asia tiedoksi tai antaa lausunto, ei ole sopimuksen hyväksyntä.

parties-title = Osapuolet
parties-caption = Jokaisen osapuolen päätös, allekirjoitus ja huomautukset.
parties-shown = Näkyvissä { $shown } osapuolta, kaikkiaan { $total }.
filters = Näytä osapuolista
filter-all = Kaikki
filter-missing = Jotain puuttuu
filter-approved = Hyväksynyt
filter-not-approved = Ei hyväksynyt
filter-signed = Allekirjoittanut
filter-not-signed = Ei allekirjoittanut
filter-bound = Sopimus sitoo
column-number = Nro
column-party = Osapuoli
column-approval = Hyväksyntä
column-decision = Päätös
column-case = Asianumero
column-finality = Lainvoima
column-signature = Allekirjoitus
column-notes = Huomautukset
joint-signature = Osittain { $done }

unattributed-title = Päätökset, joiden osapuolta ei tiedetä
unattributed-help = Lähde ei nimeä osapuolta, joten näitä ei lasketa kenenkään hyväksi.

pairs-title = Kenen välillä voimassa
pairs-since = { $date } alkaen

texts-title = Tekstit
texts-help = Päätökset ja allekirjoitukset nimeävät tekstin sen tiivisteellä (SHA-256). Sama tiiviste tarkoittaa samaa tekstiä merkilleen.
texts-none = Rekisterissä ei ole vielä yhtään tekstiä.
text-digest = Tiiviste (SHA-256)
text-digest-unknown = Tekstiä ei ole rekisterissä, joten tiivistettä ei tiedetä. Se tunnetaan nimestä ja päiväyksestä.
document-held = Lataa asiakirja
document-missing = Asiakirjaa ei ole tallennettu rekisteriin.
document-erased = Asiakirja on poistettu; tiiviste säilyy.
text-language = Kieli
text-dated = Päivätty
text-current = hyväksyttävänä oleva teksti
copy-title = Onko minulla sama teksti?
copy-help = Selain laskee tiedostosi tiivisteen ja vertaa sitä yllä oleviin. Tiedosto ei lähde laitteeltasi.
copy-choose = Valitse tiedosto tai pudota se tähän
copy-same = Sama teksti: { $file } on merkilleen ”{ $title }”.
copy-other = { $file } ei ole mikään näistä teksteistä. Sen tiiviste on { $digest }.
copy-too-large = { $file } on liian suuri tarkistettavaksi selaimessa.
copy-by-command = Näin lasket oman kappaleesi tiivisteen ja voit verrata sitä yllä oleviin:
copy-file = TIEDOSTO

content-title = Mistä sovitaan
content-areas = Yhdyspinnat
content-forums = Yhteistyön foorumit
content-principles = Periaatteet
content-costs = Kustannukset
content-laws = Säädösperusta
content-sources = Lähteet

history-title = Tapahtumat
history-help = Kaikki rekisteriin merkityt tapahtumat, uusin ensin. Mitään ei poisteta: virheellinen merkintä oikaistaan tai perutaan uudella.
history-recorded = merkitty { $moment }
history-version = merkintä { $version }
history-retracted = peruttu merkinnällä { $version }
history-corrected = oikaistu merkinnällä { $version }
history-confirmed = vahvistettu merkinnällä { $version }
history-minutes-say = Pöytäkirjan sana:
history-none = Ei tapahtumia tällä hetkellä.
progress-title = Hyväksynnät ja allekirjoitukset ajan mittaan
progress-words = { $from }–{ $until }: { $total } osapuolesta { $approved } on hyväksynyt ja { $signed } allekirjoittanut.
progress-table = Luvut taulukkona
progress-day = Päivä
history-earlier =
    { $count ->
        [one] Näytä myös aiempi tapahtuma
       *[other] Näytä myös { $count } aiempaa tapahtumaa
    }

verify-title = Tarkista itse
verify-help = Jokainen merkintä on allekirjoitettu ja ketjutettu, ja koko rekisteri on sidottu tarkistuspisteeseen. Merkinnän sivulta löytyvät täsmälliset tavut, allekirjoitus ja todiste.
verify-evidence = Todistusaineisto yhtenä tiedostona (ZIP): kaikki merkinnät ja todisteet, tarkistettavissa ilman verkkoa
verify-state = Tilanne koneluettavana (JSON)
verify-events = Tapahtumat koneluettavina (JSON)
verify-statement = Lokin allekirjoittama tilannelausuma (talteen otettavaksi)

## Tapahtumasivu

event-title = Merkintä { $version }
event-plain = Mitä tapahtui
event-kind = Tapahtuman laji
event-actor = Kuka sanoi
event-about-party = Kenen teko
event-occurred = Tapahtui
event-recorded = Merkitty rekisteriin
event-source = Lähde
event-id = Tapahtuman tunnus
event-seen = Tekijän näkemä merkintä
event-previous-page = Edellinen merkintä
event-next-page = Seuraava merkintä
event-signatures = Allekirjoitukset
event-signatures-help = Avain yksilöidään tunnuksella, joka on julkisen avaimen SHA-256. Allekirjoitus kattaa alla olevat allekirjoitetut tavut.
event-key = Avaimen tunnus
event-signature = Allekirjoitus (Ed25519)
event-chain = Paikka ketjussa
event-index = Rekisterin merkintä nro
event-version = Sopimuksen merkintä nro
event-leaf = Merkinnän tiiviste
event-chain-previous = Edellinen rekisterissä
event-chain-agreement-previous = Edellinen sopimuksessa
event-heads = Kaikkien ketjujen päät
event-payload = Allekirjoitetut tavut
event-payload-help = Täsmälleen se, mitä tekijä allekirjoitti.
event-bytes = Merkinnän tavut
event-bytes-help = Täsmälleen se, mistä merkinnän tiiviste on laskettu.
event-proof = Todiste siitä, että merkintä on rekisterissä (tlog-proof)
event-json = Merkintä koneluettavana (JSON)
event-disclosures = Henkilötiedot ja sanatarkat tekstit
event-disclosures-help = Nämä eivät ole itse merkinnässä. Merkintä sisältää niistä vain tiivisteen, joten ne voidaan poistaa todisteiden kärsimättä.
event-withheld = ei näytetä
event-past = ei enää näytetä: muutoksenhakuaika on päättynyt
event-erased = poistettu
event-documents = Asiakirjat
event-documents-help = Tapahtuma nimeää nämä asiakirjat tiivisteellä (SHA-256). Asiakirja on se, joka allekirjoitettiin, jos sen tiiviste on sama.

## Tietoa palvelusta

about-lead = Sinetti on rekisteri sopimuksista, joita hyvinvointialueet, kunnat ja maakuntien liitot tekevät keskenään. Se kertoo, kuka on hyväksynyt ja allekirjoittanut minkäkin tekstin ja onko sopimus voimassa.
about-proof-title = Mihin tiedot perustuvat
about-proof = Jokainen tapahtuma on sen osapuolen allekirjoittama, jonka teko se on, tai kirjaajan julkisesta lähteestä jäljentämä. Tapahtumat ovat ketjussa, jota ei voi muuttaa jälkeenpäin kenenkään huomaamatta. Sivujen luvut lasketaan tapahtumista aina uudelleen.
about-limits-title = Mitä tämä ei todista
about-limit-depositary = Rekisteri ei arvioi päätösten sisältöä eikä laillisuutta. Se torjuu merkinnän, joka on virheellinen tai jonka tekijällä ei ole siihen oikeutta.
about-limit-transcribed = ”Jäljennetty” tarkoittaa, että kirjaaja on merkinnyt tiedon julkisesta lähteestä eikä osapuoli ole sitä vielä itse vahvistanut.
about-limit-time = Merkinnän kellonaika on ylläpitäjän ilmoittama.
about-limit-finality = Arviot lainvoimasta eivät korvaa lainvoimaisuustodistusta.
about-people-title = Henkilötiedot
about-people = Nimiä ei kirjoiteta tapahtumiin. Ne säilytetään erillään ja voidaan poistaa, eivätkä todisteet kärsi siitä. Palvelu ei käytä evästeitä eikä seuraa kävijöitä, eikä sivu hae mitään muilta palvelimilta.
about-check-title = Tarkista rekisteri
about-check = Ohjelma, jolla rekisteriä ylläpidetään, myös tarkistaa sen. Tarkistaja ei luota palvelimen sanaan, vaan laskee kaiken uudelleen:
about-server-address = PALVELIMEN-OSOITE
about-access-title = Saavutettavuus
ledger-origin = Rekisterin tunnus
ledger-size = Merkintöjä tarkistuspisteessä

## Virhesivut

problem-not-found-title = Sivua ei löydy
problem-not-found = Tässä osoitteessa ei ole sivua. Tarkista osoite tai palaa sopimusten luetteloon.
problem-moment-title = Hetkeä ei voi näyttää
problem-moment = Kirjoita hetki muodossa VVVV-KK-PP, esimerkiksi 2023-03-27. Hetkessä, jolloin jokin tiedettiin, voi olla myös kellonaika: 2023-03-27T12:00:00.000Z. Se ei voi olla tulevaisuudessa.
problem-too-early-title = Sopimusta ei vielä ollut rekisterissä
problem-too-early = Tänä hetkenä rekisterissä ei vielä ollut mitään tästä sopimuksesta. Valitse myöhempi hetki tai katso nykytilanne.
problem-unavailable-title = Rekisteriä ei voi juuri nyt lukea
problem-unavailable = Yritä hetken kuluttua uudelleen. Jos vika jatkuu, kerro siitä rekisterin ylläpidolle.
problem-damaged-title = Merkinnöissä on vika
problem-damaged = Tietokannassa oleva merkintä ei vastaa tarkistussummiaan, joten tätä sivua ei näytetä. Rekisterin ylläpidon on palautettava varmuuskopio. Osapuolten kuitit todistavat, mitä on merkitty.
problem-internal = Sivua ei voitu muodostaa. Yritä hetken kuluttua uudelleen.
