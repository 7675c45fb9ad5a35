## Miksi päätös ei ole hyväksyntä, tai miksi hyväksyntä puuttuu.

why-agenda-only = Vain esityslistan kohta: mitään ei ole vielä päätetty.
why-annulled = Päätös on kumottu.
why-authorised-signing = Päätös valtuuttaa allekirjoittamaan. Se ei ole hyväksyntä.
why-commented = Annettu lausunto ei ole kanta hyväksymiseen.
why-commented-late = Lausunto annettiin määräajan jälkeen. Se ei ole kanta hyväksymiseen.
why-committed = Päätös koskee liitettä, ei sopimusta.
why-conditional = Hyväksynnän ehdot ovat ratkaisematta.
why-later-rejected = Osapuoli on myöhemmin hylännyt sopimuksen.
why-later-withdrawn = Osapuoli on myöhemmin perunut hyväksyntänsä.
why-minutes-not-confirmed = Pöytäkirjaa ei ole tarkastettu.
why-not-competent = Toimielimen toimivaltaa päättää tästä ei ole osoitettu.
why-noted = Merkittiin tiedoksi. Se ei ole hyväksyntä.
why-pending = Päätöstä ei ole rekisterissä.
why-proposal-rejected = Ehdotus hylättiin.
why-proposal-withdrawn = Ehdotus vedettiin pois käsittelystä.
why-proposed-to-superior = Ehdotettiin ylemmälle toimielimelle, joka ei ole vielä päättänyt.
why-rejected = Sopimusta ei hyväksytty.
why-returned = Palautettiin valmisteltavaksi.
why-superseded-text = Päätös koskee muuta kuin nyt hyväksyttävänä olevaa tekstiä.
why-tabled = Jätettiin pöydälle.
why-unattributed = Lähde ei nimeä osapuolta.
why-unknown-outcome = Lähde ei kerro, mitä päätettiin.
why-withdrew = Osapuoli on perunut hyväksyntänsä.
why-condition-failed = Hyväksynnän ehto jäi täyttymättä.
why-replaced = Myöhempi päätös korvasi tämän.
why-reservation-objected = Toinen osapuoli vastustaa varaumaa.

## Mitä lukijan on hyvä tietää osapuolen rivistä.

note-approved-by-transcription = Hyväksyntä on kirjaajan jäljentämä julkisesta lähteestä. Osapuoli ei ole vielä vahvistanut sitä.
note-approval-with-declaration = Hyväksyntään liittyy lausuma, joka ei estä sitä.
note-challenged = Muutoksenhaku on vireillä.
note-corrected = Merkintää on oikaistu.
note-earlier-rejection = Aiemmin hylätty. Uudempi päätös ratkaisee.
note-ended = Osapuoli on lakannut.
note-finality-open = Muutoksenhakuaika on kulumassa.
note-partly-signed = Vain osa allekirjoittajista on allekirjoittanut, joten allekirjoitusta ei vielä lasketa.
note-reenrolled = Kirjaaja on rekisteröinyt osapuolelle uudet avaimet, koska entiset menetettiin.
note-reinspected = Pöytäkirja on tarkastettu uudelleen.
note-signed-before-approval = Allekirjoitettu, mutta hyväksyntää ei ole.
note-signed-not-final = Allekirjoitettu. Päätös ei ole vielä lainvoimainen.
note-signed-other-text = Allekirjoitettu teksti on muu kuin nyt hyväksyttävänä oleva.
note-signed-technical-variant = Allekirjoitettu teksti eroaa hyväksytystä vain vähäisin teknisin muutoksin, jotka valtuutus sallii.
note-other-decision = Muu päätös { $date }, { $place }: { $resolution } ({ $effect }).
note-suspect-key = Käytetty avain on saattanut olla väärissä käsissä.
note-acceded = Liittyi sopimukseen myöhemmin.
note-applies-provisionally = Soveltaa sopimusta väliaikaisesti; tätä ei lasketa hyväksynnäksi.
note-approved-anew = Hyväksytty uudelleen; aiempi hyväksyntä on voimassa alkuperäisestä päivästään.
note-conditions-settled = Hyväksynnän ehdot ovat ratkenneet.
note-conditions-settled-by-transcription = Ehtojen ratkeaminen perustuu vain kirjaajan jäljennökseen.
note-extraordinary-challenge = Ylimääräinen muutoksenhaku on vireillä.
note-seat-taken = Seuraaja on ottanut paikan.
note-signature-invalidated = Allekirjoitus on todettu pätemättömäksi.
note-withdrawal-notified = On ilmoittanut irtautuvansa.
note-withdrawn = On irtautunut sopimuksesta.

## Miksi sopimuksen voimassaolo on kiistanalainen.

contest-approval-annulled = Hyväksyntä on kumottu.
contest-approval-fallen = Hyväksyntä ei ole enää voimassa.
contest-conditions-later = Nykytiedon mukaan ehdot täyttyivät myöhemmin kuin voimaantuloa todettaessa katsottiin.
contest-signature-fallen = Allekirjoitus ei ole enää voimassa.
contest-suspect-key = Teko on tehty avaimella, joka on saattanut olla väärissä käsissä.
contest-undone-by-transcription = Osapuolen oman päätöksen vaikutus on poistunut vain kirjaajan jäljennöksen perusteella. Osapuoli ei ole vahvistanut sitä.
contest-amendment-fallen = Muutoksen voimaantulon ehdot eivät enää täyty.
contest-disputed = Osapuoli on ilmoittanut olevansa eri mieltä.
contest-by = { $party }: { $what } Kumoaja: { $by }, { $date }.
contest-of = { $party }: { $what }

## Kuntien yhdistymiset ja muut jatkuvuudet.

footnote-absorbed = { $successors } jatkaa { $date } alkaen; siihen liittyi { $predecessors }.
footnote-merged = { $successors } jatkaa { $date } alkaen; siihen yhdistyivät { $predecessors }.
footnote-split = { $predecessors } jakautui { $date }; jatkajat: { $successors }.
footnote-renamed = Nimi muuttui { $date }.
footnote-id-changed = Tunnus muuttui { $date }.

## Erillään säilytettävien tietojen nimet.

member-statement = Selostus asiasta
member-proposal = Päätösehdotus
member-decision = Päätös
member-preparer = Valmistelija
member-presenter = Esittelijä
member-dissents = Eriävä mielipide
member-conditions = Ehto
member-signatory = Allekirjoittaja
member-reason = Syy
member-reasons = Syy
member-comment = Lausunto
member-position = Kanta
member-terms = Sovitut ehdot
member-name = Tehtävän hoitaja
member-other = Muu tieto
