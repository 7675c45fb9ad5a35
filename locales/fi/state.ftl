## Liitteiden, velvoitteiden ja muutosten nimityksiä: tunnus ja sen sana.

annex-state-joined = mukana
annex-state-leaving = mukana, irtautuu
annex-state-left = irtautunut
annex-state-not-eligible = ei koske osapuolta
annex-state-not-joined = ei mukana
annex-state-partial = liittyminen kesken
annex-state-ready = liittynyt, odottaa muita

annex-why-approval-and-signature-missing = Osapuoli ei ole hyväksynyt eikä allekirjoittanut liitettä.
annex-why-approval-missing = Osapuoli on allekirjoittanut liitteen, mutta ei ole hyväksynyt sitä.
annex-why-county-not-committed = Hyvinvointialue ei ole sitoutunut liitteeseen.
annex-why-decision-fallen = Päätös, johon sitoutuminen perustuu, ei ole enää voimassa.
annex-why-ended = Osapuoli on irtautunut liitteestä.
annex-why-nobody-else = Kukaan muu ei ole vielä liittynyt.
annex-why-not-committed = Osapuoli ei ole sitoutunut liitteeseen.
annex-why-not-eligible = Liite ei koske tätä osapuolta.
annex-why-signature-missing = Osapuoli on hyväksynyt liitteen, mutta ei ole allekirjoittanut sitä.
annex-why-withdrawn = Osapuoli on irtautunut sopimuksesta, jonka osa liite on.

duty-council-term = Hyvinvointialueen ja kuntien neuvottelu valtuustokausittain
duty-welfare-plan = Alueellinen hyvinvointisuunnitelma valtuustokausittain
duty-welfare-report = Alueellinen hyvinvointikertomus valtuustokausittain
duty-yearly-health-promotion = Vuosittainen neuvottelu hyvinvoinnin ja terveyden edistämisestä
duty-yearly-ministry = Hyvinvointialueen vuosittainen neuvottelu ministeriön kanssa
duty-state-done = täytetty
duty-state-due = täyttämättä, määräaika kulumassa
duty-state-overdue = ei tiedossa, että olisi täytetty määräajassa

change-amendment = Muutosehdotus
change-amendment-accepted = Muutoksen hyväksyneitä osapuolia
change-amendment-bound = Osapuolia, joita muutos sitoo
change-annex = Liite
change-annex-part = Osapuolen tilanne liitteessä
change-approved = Hyväksyneitä osapuolia
change-approved-on = Hyväksyntä
change-bound = Osapuolia, joita sopimus sitoo
change-contested = Kiistanalaisuuden syy
change-current-text = Hyväksyttävänä oleva teksti
change-decision = Päätöksen vaikutus
change-determined = Kirjaaja on todennut voimaantulon
change-dispute = Erimielisyys
change-duty = Lakisääteinen velvoite
change-ending = Viimeinen voimassaolopäivä
change-in-force = Voimassa
change-in-force-since = Voimassa alkaen
change-pair = Voimassa kahden osapuolen kesken alkaen
change-parties-total = Osapuolten paikkoja
change-seat = Numero osapuolten luettelossa
change-signatures = Allekirjoituksia vaadituista
change-signed = Allekirjoittaneita osapuolia
change-signed-on = Allekirjoitus
change-text = Talletettu teksti

awaits-accept-amendment = Muutoksen hyväksyminen ja allekirjoittaminen
awaits-answer-reservation = Toisen osapuolen varauman hyväksyminen tai vastustaminen
awaits-approve = Päätös sopimuksen hyväksymisestä
awaits-comment = Lausunnon antaminen avoimella lausuntokierroksella
awaits-confirm-minutes = Päätöksen pöytäkirjan tarkastaminen
awaits-confirm-transcription = Kirjaajan jäljentämän merkinnän vahvistaminen tai oikaiseminen
awaits-join-annex = Liitteeseen liittyminen
awaits-meet-duty = Lakisääteisen velvoitteen täyttäminen
awaits-name-counterpart = Vastinparin nimeäminen
awaits-object-to-correction = Tekstin korjauksen vastustaminen, jos korjaus on virheellinen
awaits-publish-minutes = Pöytäkirjan julkaiseminen tai julkaisemisen kirjaaminen
awaits-record-finality = Päätöksen lainvoiman kirjaaminen
awaits-settle-condition = Hyväksynnän lykkäävän ehdon ratkeamisen kirjaaminen
awaits-sign = Sopimuksen allekirjoittaminen
awaits-sign-jointly = Puuttuvat allekirjoitukset

condition-suspensive = lykkäävä ehto
condition-reservation = varauma
condition-declaration = lausuma
condition-state-accepted = muut osapuolet ovat hyväksyneet
condition-state-declared = ei vaadi ratkaisua
condition-state-failed = jäi täyttymättä
condition-state-fulfilled = täyttynyt
condition-state-objected = toinen osapuoli vastustaa
condition-state-open = ratkaisematta

text-error-objected = korjausta vastustetaan
text-error-open = vastustamisaika kulumassa
text-error-rectified = korjattu alusta alkaen
text-error-unopposed = kukaan ei vastustanut, korjaus tekemättä

means-appeal = valitus
means-rectification-claim = oikaisuvaatimus

act-grade-confirmed = kirjaajan jäljentämä, osapuoli vahvistanut
act-grade-own = osapuolen oma merkintä
act-grade-transcribed = kirjaajan jäljentämä julkisesta lähteestä

forum-joint = luottamushenkilöiden ja johdon yhteinen
forum-management = johtavien viranhaltijoiden
forum-other = muu
forum-political = luottamushenkilöiden
forum-professional = asiantuntijoiden
duration-permanent = pysyvä
duration-temporary = määräaikainen
better-higher = suurempi arvo on parempi
better-lower = pienempi arvo on parempi
municipality-city = kaupunki
municipality-municipality = kunta, joka ei ole kaupunki
