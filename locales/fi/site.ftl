## Kuka ylläpitää, tietosuoja, saavutettavuusseloste

operator-name = Ylläpitäjä
operator-email = Sähköposti
operator-telephone = Puhelin
operator-address = Osoite
operator-missing = Tämän rekisterin ylläpitäjä ei ole ilmoittanut yhteystietojaan. Ne ilmoitetaan palvelinta käynnistettäessä.

privacy-title = Tietosuoja
privacy-lead = Tällä sivulla kerrotaan, mitä henkilötietoja rekisterissä on, miksi ja kuinka kauan.
privacy-who-title = Rekisterinpitäjä
privacy-officer-title = Tietosuojavastaava
privacy-officer-missing = Ylläpitäjä ei ole ilmoittanut tietosuojavastaavansa yhteystietoja.
privacy-what-title = Mitä tietoja
privacy-what = Julkisyhteisöjen päätöksiä ja allekirjoituksia koskevissa merkinnöissä voi olla allekirjoittajan, esittelijän tai valmistelijan nimi ja pöytäkirjan sanatarkka kohta. Ne säilytetään erillään merkinnöistä; itse merkinnässä on vain niiden tiiviste. Muita henkilötietoja rekisteriin ei pyydetä. Lähteinä ovat osapuolet itse ja niiden julkiset pöytäkirjat.
privacy-why-title = Miksi
privacy-why = Tietoja käsitellään, jotta voidaan osoittaa, kuka on päättänyt ja allekirjoittanut mitä. Käsittely on tarpeen yleistä etua koskevan tehtävän hoitamiseksi ja julkisen vallan käyttämiseksi (yleinen tietosuoja-asetus, 6 artiklan 1 kohdan e alakohta; tietosuojalaki, 4 §).
privacy-long-title = Kuinka kauan
privacy-long = Nimet poistuvat näiltä sivuilta, kun muutoksenhakuaika on päättynyt (kuntalaki, 140 §). Ylläpitäjä asettaa ajan sopimuksittain; ellei se ole muuta asettanut, nimet näkyvät 60 päivää teosta.
privacy-erase = Ylläpitäjä voi poistaa nimen tai asiakirjan rekisteristä kokonaan. Merkintä ja todisteet säilyvät ehjinä, ja poistosta jää jälki.
privacy-visitors-title = Kävijät
privacy-visitors = Palvelu ei käytä evästeitä eikä seuraa kävijöitä, eikä sivu hae mitään muilta palvelimilta. Ohjelma ei tallenna kävijöistä mitään. Ylläpitäjän verkko voi kirjata pyyntöjä lokiinsa turvallisuuden vuoksi.
privacy-rights-title = Oikeutesi
privacy-rights = Voit pyytää ylläpitäjältä tiedot itsestäsi, virheen oikaisua tai tietojesi poistamista, ja vastustaa käsittelyä.
privacy-complaint = Voit tehdä valituksen tietosuojavaltuutetulle:

access-title = Saavutettavuusseloste
access-lead = Tämä seloste koskee Sinetti-rekisterin sivuja. Niitä koskee laki digitaalisten palvelujen tarjoamisesta (306/2019).
access-state-title = Miten saavutettava palvelu on
access-state = Sivut täyttävät lain vaatimat A- ja AA-tason saavutettavuuskriteerit (WCAG 2.1) osittain. Puutteet on lueteltu alla. Tavoitteena on WCAG 2.2 ‑ohjeistuksen taso AA.
access-gaps-title = Mikä ei ole saavutettavaa
access-gap-documents = Osapuolten toimittamat asiakirjat, kuten pöytäkirjat ja skannatut allekirjoitukset, voivat olla tiedostoja, joita ruudunlukija ei osaa lukea (WCAG 1.1.1, 1.3.1). Ne ovat alkuperäisiä, eikä niitä voi muuttaa todistusarvon kärsimättä. Olennainen sisältö on sivuilla tekstinä.
access-gap-language = Pöytäkirjojen ja sopimusten omat sanat ovat kielellä, jolla ne on kirjoitettu, eikä niitä ole aina käännetty. Kieli on merkitty (WCAG 3.1.2).
access-gap-scripts = Todisteiden tarkistus selaimessa vaatii JavaScriptin. Sama tarkistus on mahdollinen ohjelmalla.
access-made-title = Miten seloste on tehty
access-made = Seloste perustuu ohjelman tekijöiden omaan arvioon. Jokaisen muutoksen yhteydessä sivut tarkistetaan ohjelmallisesti kaikilla kielillä, vaaleina ja tummina, puhelimen ja tietokoneen leveydellä, sekä käydään läpi pelkällä näppäimistöllä. Ulkopuolinen asiantuntija ei ole arvioinut sivuja.
access-reviewed = Seloste on laadittu tai tarkistettu { $date }.
access-reviewed-missing = Ylläpitäjä ei ole ilmoittanut, milloin se on tarkistanut selosteen.
access-feedback-title = Huomasitko puutteen?
access-feedback = Kerro siitä ylläpitäjälle, niin se korjataan. Vastaus annetaan 14 päivän kuluessa.
access-authority-title = Valvontaviranomainen
access-authority = Jos et ole tyytyväinen saamaasi vastaukseen tai et saa vastausta 14 päivän kuluessa, voit tehdä ilmoituksen valvontaviranomaiselle. Viranomaisen sivulla kerrotaan, miten ilmoitus tehdään ja miten asia käsitellään.
access-authority-name = Liikenne- ja viestintävirasto Traficom
access-authority-unit = Digitaalisen esteettömyyden ja saavutettavuuden valvontayksikkö
access-authority-telephone = puhelin 029 534 5000 (vaihde)

## Haku

search-title = Haku
search-label = Hae sopimuksia, osapuolia ja tapahtumia
search-button = Hae
search-help = Haku etsii sopimusten nimistä, osapuolten nimistä ja tunnuksista sekä tapahtumien selkokielisistä kuvauksista ja asianumeroista. Henkilöiden nimistä ei haeta.
search-none = Ei löytynyt mitään haulla ”{ $query }”.
search-found =
    { $count ->
        [one] { $count } osuma haulla
       *[other] { $count } osumaa haulla
    }
search-more = Osumia on enemmän kuin tässä näytetään. Tarkenna hakua.
search-too-long = Haku on liian pitkä. Kirjoita enintään 100 merkkiä.
search-agreements = Sopimukset
search-parties = Osapuolet
search-acts = Tapahtumat
