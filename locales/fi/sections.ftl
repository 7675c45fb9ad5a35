## Sopimussivun muut osiot: voimassaolo, liitteet, muutokset, velvoitteet, erimielisyydet, valmistelu.

yes = kyllä
no = ei
fact-date = Päivä
fact-party = Osapuoli
fact-text = Teksti
fact-in-force-since = Voimassa alkaen
fact-determined-on = Todettu

force-title = Voimassaolo
force-help = Milloin sopimus on ollut voimassa oman sääntönsä mukaan ja mitä voimaantulosta ja päättymisestä on kirjattu.
force-periods = Voimassaoloajat
force-period = Aika
force-from = { $date } alkaen
force-with = Osapuolen kanssa
force-ending = Sopimuksen päättyminen
force-last-day = Viimeinen voimassaolopäivä
force-basis = Peruste
force-replaced-by = Korvaava sopimus
force-renewals = Jatkamisia, jotka eivät ole tulleet voimaan
force-merged-seat = Paikka { $number } ({ $party }) yhdistyi osapuolen { $into } paikkaan

annexes-title = Liitteet
annexes-help = Liitteeseen liitytään erikseen. Liite ei muuta sitä, ketkä ovat hyväksyneet ja allekirjoittaneet itse sopimuksen.
annex-area = Yhdyspinta
annex-form = Muoto
annex-county = Hyvinvointialue
annex-joined = Osapuolia, joita liite koskee nyt
annex-outside = Avoin myös ulkopuolisille
chart-title = Osapuolet ja liitteet
chart-caption = Kunkin osapuolen tilanne kussakin liitteessä.
chart-since = { $date } alkaen
chart-until = päättyy { $date }
chart-outside = ulkopuolinen

amendments-title = Sopimuksen muutokset
amendments-help = Muutos hyväksytään ja allekirjoitetaan kuten sopimus. Muutoksen oma sääntö sanoo, milloin se tulee voimaan ja ketä se sitoo.
amendment-untitled = Muutos
amendment-rule = Tulee voimaan, kun
amendment-articles = Muuttaa kohtia
amendment-approved = Hyväksynyt
amendment-signed = Allekirjoittanut
amendment-accepted = Hyväksynyt ja allekirjoittanut
amendment-missing = Puuttuu
amendment-binds = Sitoo
amendment-determined = kirjaaja todennut voimaantulon
group-unamended = Alkuperäinen teksti sitoo
group-amended = Muutettu teksti sitoo: { $titles }
group-parties = Osapuolet
group-text = Ajantasainen teksti
group-text-none = ei talletettu

duties-title = Lakisääteiset velvoitteet
duties-help = Neuvottelut ja asiakirjat, joita laki edellyttää, sekä se, mitä niistä on rekisterissä. Puuttuva merkintä ei todista, ettei velvoitetta ole täytetty.
duties-caption = Velvoitteet määräpäivän mukaan.
duties-what = Velvoite
duties-who = Kenen
duties-period = Kausi
duties-due = Viimeistään
duties-state = Tilanne
duties-days = { $from }–{ $to }
duties-parties = { $count } osapuolta
duties-missing = Ei mukana: { $names }

disputes-title = Erimielisyydet
disputes-help = Rekisteri ei ratkaise erimielisyyksiä. Se säilyttää kaikkien näkemykset.
dispute-open = ratkaisematta
dispute-over = päättynyt
dispute-about = Koskee
dispute-raised = Esittäjä
dispute-answer = Toinen näkemys
dispute-resolved = Päättyminen

text-errors-title = Tekstien virheet
text-errors-help = Tekstissä todettu virhe korjataan alusta alkaen, jos kukaan ei vastusta korjausta määräajassa.
text-error-proposed-by = Korjausta ehdotti
text-error-by = Vastustettava viimeistään
text-error-objections = Korjausta vastustaa
text-error-rectified-on = Korjattu

drafting-title = Valmistelu ja yhteistyöelimet
drafting-help = Miten sopimusta valmisteltiin ja missä osapuolet kokoontuvat. Mikään tässä ei ole päätös sopimuksesta.
drafting-round = Lausuntokierros
drafting-open = avoinna
drafting-closed = päättynyt
drafting-opened = Avattu
drafting-deadline = Lausunnot viimeistään
drafting-invited = Lausunto pyydetty
drafting-comment = Lausunto
drafting-late = määräajan jälkeen
drafting-to = Kenelle
drafting-summary = Tulos
forum-kind = Kokoonpano luonteeltaan
forum-composition = Kokoonpano
forum-how-often = Kokoontuu
forum-meetings = Kirjattuja kokouksia
forum-over-on = Päättynyt
forum-meets = toiminnassa
forum-over = päättynyt

changes-title = Mikä on muuttunut
changes-help = Valitse päivä, jona viimeksi katsoit tätä sivua. Näet, mikä on nyt toisin kuin silloin tiedettiin.
changes-since = Katsoin viimeksi
changes-show = Näytä muutokset
changes-week = viikon aikana
changes-month = kuukauden aikana
changes-year = vuoden aikana
changes-between = Verrattu siihen, mitä tiedettiin { $since }. Voimassaolo katsottu nyt päivältä { $on }.
changes-none = Mikään ei ole muuttunut.
changes-too-early = Sopimus ei ollut silloin vielä rekisterissä, joten kaikki tällä sivulla on sen jälkeen kirjattua.
changes-caption =
    { $count ->
        [one] { $count } muutos
       *[other] { $count } muutosta
    }
changes-what = Mikä
changes-before = Silloin
changes-after = Nyt
changes-whole = koko sopimus
changes-not-before = ei ollut
changes-no-more = ei enää
changes-proposed = ehdotettu
changes-counted = lasketaan hyväksynnäksi
changes-for-programs = Samat muutokset ohjelmille (JSON)

party-description = Sopimukset, joissa { $party } on mukana: mitä se on tehnyt ja mikä sitä odottaa.
party-kind = Laji
party-codes = Tunnukset
party-business-id = Y-tunnus
party-continues = Jatkaa osapuolia
party-successors = Jatkaja
party-in-nothing = Osapuoli ei ole mukana missään tämän rekisterin sopimuksessa.
party-bound = sopimus sitoo
party-leaves-on = Irtautuminen tulee voimaan
party-acts = Mitä osapuoli on tehnyt
party-acts-none = Osapuolelta ei ole merkintöjä tässä sopimuksessa.
awaits-title = Mikä osapuolta odottaa
awaits-none = Osapuolelta ei odoteta nyt mitään.
awaits-by = viimeistään { $date }
awaits-late = myöhässä
awaits-optional = vapaaehtoinen
awaits-calendar = Kalenteriin (iCalendar): määräpäivät ja velvollisuudet
awaits-calendar-title = { $of }: odottavat asiat
