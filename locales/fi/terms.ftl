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
challenge-extraordinary = ylimääräinen muutoksenhaku

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

phase-contracts-and-documents = sopimusten ja asiakirjojen laatiminen
phase-mapping-of-common-tasks = yhteisten tehtävien kartoitus
phase-ways-of-cooperation = yhteistyön toimintatavat

condition-outcome-accepted = varauma hyväksytään
condition-outcome-failed = ehto jäi täyttymättä
condition-outcome-fulfilled = ehto täyttyi
condition-outcome-objected = varaumaa vastustetaan

ground-forged = allekirjoitus ei ole sen antama, jonka nimissä se on
ground-not-authorised = allekirjoittajalla ei ollut valtuutta
ground-other = muu peruste
ground-wrong-text = tarkoitettiin toista tekstiä

ending-lapsed = määräaika päättyi
ending-replaced = korvattiin toisella sopimuksella
ending-terminated = päätettiin

amendment-rule-binds-accepting = sen on hyväksynyt kaksi osapuolta; se sitoo niitä, jotka sen hyväksyvät
amendment-rule-threshold = sovittu osuus osapuolista on hyväksynyt sen; se sitoo kaikkia
amendment-rule-unanimous = kaikki osapuolet ovat hyväksyneet sen

form-agreement = oma sopimus, johon liitytään hyväksymällä ja allekirjoittamalla
form-description = kuvaus, johon liitytään sitoutumalla

negotiation-council-term = valtuustokausittainen neuvottelu
negotiation-forum = yhteistyöelimen kokous
negotiation-yearly-health-promotion = vuosittainen neuvottelu hyvinvoinnin ja terveyden edistämisestä
negotiation-yearly-ministry = vuosittainen neuvottelu ministeriön kanssa

part-plan = hyvinvointisuunnitelma
part-report = hyvinvointikertomus
part-report-and-plan = hyvinvointikertomus ja -suunnitelma

matter-application = sopimuksen soveltaminen
matter-interpretation = sopimuksen tulkinta
matter-record = merkinnän paikkansapitävyys
matter-validity = pätevyys

dispute-outcome-agreed = osapuolet sopivat asian
dispute-outcome-decided = asia ratkaistiin
dispute-outcome-withdrawn = erimielisyydestä luovuttiin

type-agreement-ended = Sopimuksen päättyminen
type-agreement-opened = Sopimuksen avaaminen
type-amendment-proposed = Muutosehdotus
type-annex-commitment-ended = Liitteestä irtautuminen
type-annex-committed = Liitteeseen sitoutuminen
type-annex-deposited = Liitteen tallettaminen
type-area-defined = Yhdyspinnan lisääminen
type-challenge-resolved = Muutoksenhaun ratkaisu
type-comment-round-opened = Lausuntokierroksen avaaminen
type-comment-submitted = Lausunto
type-condition-settled = Ehdon ratkeaminen
type-counterpart-assigned = Vastinparin nimeäminen
type-counterpart-ended = Vastinparin tehtävän päättyminen
type-decision-became-final = Päätöksen lainvoima
type-decision-challenged = Muutoksenhaku
type-decision-recorded = Päätös
type-decision-replaced = Päätöksen korvaaminen
type-dispute-recorded = Erimielisyys
type-dispute-resolved = Erimielisyyden päättyminen
type-division-of-work-set = Työnjako
type-draft-presented = Luonnoksen esittely
type-entry-into-force-determined = Voimaantulon toteaminen
type-forum-ended = Yhteistyöelimen päättyminen
type-forum-established = Yhteistyöelimen perustaminen
type-goal-set = Tavoite
type-indicator-reported = Mittarin arvo
type-minutes-confirmed = Pöytäkirjan tarkastus
type-minutes-published = Pöytäkirjan julkaiseminen
type-minutes-reinspected = Pöytäkirjan tarkastus uudelleen
type-negotiation-held = Neuvottelu
type-outside-party-joined = Ulkopuolisen osapuolen liittyminen
type-party-acceded = Osapuolen liittyminen sopimukseen
type-party-confirmed-by-successor = Seuraajan vahvistus
type-preparation-phase-recorded = Valmistelun vaihe
type-provisional-application-declared = Väliaikainen soveltaminen
type-provisional-application-ended = Väliaikaisen soveltamisen päättyminen
type-record-confirmed = Merkinnän vahvistus
type-record-corrected = Merkinnän oikaisu
type-record-retracted = Merkinnän peruminen
type-signature-invalidated = Allekirjoituksen pätemättömyys
type-signing-mandate-recorded = Allekirjoitusvaltuus
type-text-deposited = Tekstin tallettaminen
type-text-error-objected = Tekstin korjauksen vastustaminen
type-text-error-proposed = Tekstin virheen korjausehdotus
type-text-error-rectified = Tekstin virheen korjaus
type-text-opened-for-approval = Hyväksyttäväksi avaaminen
type-text-signed = Allekirjoitus
type-welfare-report-adopted = Hyvinvointikertomus tai -suunnitelma
type-withdrawal-notified = Irtautumisilmoitus
type-withdrawal-revoked = Irtautumisen peruutus
