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

finality-not-appealable = ei muutoksenhakua
finality-open = muutoksenhaku avoinna
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
language-se = pohjoissaame
language-smn = inarinsaame
language-sms = koltansaame
language-en = englanti

outcome-annulled = päätös kumottiin
outcome-dismissed = jätettiin tutkimatta, päätös jäi voimaan
outcome-upheld = hylättiin, päätös jäi voimaan
outcome-withdrawn = peruttiin, päätös jäi voimaan

type-agreement-opened = Sopimuksen avaaminen
type-challenge-resolved = Muutoksenhaun ratkaisu
type-comment-round-opened = Lausuntokierroksen avaaminen
type-decision-challenged = Muutoksenhaku
type-decision-recorded = Päätös
type-draft-presented = Luonnoksen esittely
type-entry-into-force-determined = Voimaantulon toteaminen
type-minutes-confirmed = Pöytäkirjan tarkastus
type-minutes-reinspected = Pöytäkirjan tarkastus uudelleen
type-record-confirmed = Merkinnän vahvistus
type-record-corrected = Merkinnän oikaisu
type-record-retracted = Merkinnän peruminen
type-signing-mandate-recorded = Allekirjoitusvaltuus
type-text-deposited = Tekstin tallettaminen
type-text-signed = Allekirjoitus
