## Kirjaajan työpöytä: mitä kirjaus saisi aikaan ennen kuin se allekirjoitetaan.
foreseen-registry = { $who }: { $act } ({ $about }).
foreseen-recorded = Tämä kirjaus on jo rekisterissä versiona { $version }. Mitään ei kirjata toiseen kertaan.
foreseen-counted = Tämä lasketaan sopimuksen hyväksymiseksi.
foreseen-not-counted = Tätä ei lasketa sopimuksen hyväksymiseksi. { $why }
foreseen-signed = Allekirjoitus on täysi ({ $signatures }) ja lasketaan, kun hyväksyntä on kirjattu.
foreseen-signed-in-part = Allekirjoituksia on { $signatures }: allekirjoitus lasketaan vasta, kun kaikki vaaditut ovat allekirjoittaneet.
foreseen-approved = Hyväksyneitä osapuolia: { $before } → { $after }.
foreseen-signatures = Allekirjoittaneita osapuolia: { $before } → { $after }.
foreseen-bound = Sitoutuneita osapuolia: { $before } → { $after }.
foreseen-in-force = Sopimuksen voimaantulon ehdot täyttyvät.
foreseen-not-in-force = Sopimus ei ole enää voimassa oman sääntönsä mukaan.
foreseen-contested = Sopimuksen tila muuttuu kiistanalaiseksi.
foreseen-history-only = Sopimuksen tila ei muutu; teko jää historiaan.

## Rekisterin omat kirjaustyypit.
type-key-enrolled = Avaimen rekisteröinti
type-key-revoked = Avaimen sulkeminen
type-key-threshold-set = Vaadittujen avainten määrä
type-ledger-founded = Rekisterin perustaminen
type-log-keys-changed = Lokin avainten vaihto
type-party-registered = Osapuolen rekisteröinti
type-party-succeeded = Osapuolen seuraanto
type-personal-data-erased = Henkilötiedon poisto

