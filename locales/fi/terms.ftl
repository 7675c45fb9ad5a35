## Päätösten, toimielinten ja tekstien nimityksiä: tunnus ja sen sana.

resolution-adopted = ehdotus hyväksyttiin
resolution-adopted-amended = ehdotus hyväksyttiin muutettuna
resolution-rejected = ehdotus hylättiin
resolution-returned = palautettiin valmisteltavaksi
resolution-tabled = jätettiin pöydälle
resolution-withdrawn = vedettiin pois käsittelystä
resolution-not-competent = toimielin ei ollut toimivaltainen
resolution-unknown = lopputulos ei tiedossa

effect-approve = sopimuksen hyväksyminen
effect-approve-conditionally = ehdollinen hyväksyminen
effect-reject = sopimuksen hylkääminen
effect-note = merkitseminen tiedoksi
effect-state-opinion = lausunnon antaminen
effect-propose-to-superior = ehdotus ylemmälle toimielimelle
effect-authorise-signing = valtuutus allekirjoittaa
effect-commit = sitoutuminen
effect-withdraw = sopimuksesta irtautuminen
effect-unknown = vaikutus ei tiedossa

finality-not-appealable = ei muutoksenhakukelpoinen
finality-open = muutoksenhakuaika kulumassa
finality-challenged = muutoksenhaku vireillä
finality-final = lainvoimainen
finality-annulled = kumottu
finality-unknown = ei tiedossa

organ-council = valtuusto
organ-board = hallitus
organ-committee = lautakunta
organ-official = viranhaltija
organ-forum = yhteistyöelin

minutes-agenda = esityslista
minutes-unconfirmed = tarkastamaton pöytäkirja
minutes-confirmed = tarkastettu pöytäkirja
minutes-reported = tieto julkisesta lähteestä

role-draft = luonnos
role-approval = hyväksyttävä teksti
role-amendment = muutos
role-annex = liite
role-consolidated = ajantasainen teksti

grade-ledger-key = rekisterin avaimella
grade-advanced = kehittynyt sähköinen allekirjoitus
grade-qualified = hyväksytty sähköinen allekirjoitus
grade-paper = paperilla

challenge-take-up = otto-oikeuden käyttö
challenge-rectification-claim = oikaisuvaatimus
challenge-appeal = valitus

kind-wellbeing-services-county = hyvinvointialue
kind-municipality = kunta
kind-regional-council = maakunnan liitto
kind-other = muu osapuoli

language-fi = suomi
language-sv = ruotsi
language-en = englanti
