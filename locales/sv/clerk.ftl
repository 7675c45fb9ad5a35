## Registratorns skrivbord: vad en anteckning skulle leda till innan den undertecknas.
foreseen-registry = { $who }: { $act } ({ $about }).
foreseen-recorded = Denna anteckning finns redan i registret som version { $version }. Inget antecknas två gånger.
foreseen-counted = Detta räknas som ett godkännande av avtalet.
foreseen-not-counted = Detta räknas inte som ett godkännande av avtalet. { $why }
foreseen-signed = Underskriften är fullständig ({ $signatures }) och räknas när godkännandet är antecknat.
foreseen-signed-in-part = Underskrifter: { $signatures }. Underskriften räknas först när alla som krävs har undertecknat.
foreseen-approved = Parter som har godkänt: { $before } → { $after }.
foreseen-signatures = Parter som har undertecknat: { $before } → { $after }.
foreseen-bound = Bundna parter: { $before } → { $after }.
foreseen-in-force = Villkoren för avtalets ikraftträdande uppfylls.
foreseen-not-in-force = Avtalet är inte längre i kraft enligt sin egen regel.
foreseen-contested = Avtalets läge blir omstritt.
foreseen-history-only = Avtalets läge ändras inte; åtgärden stannar i historiken.

## Registrets egna typer av anteckningar.
type-key-enrolled = Registrering av nyckel
type-key-revoked = Spärrning av nyckel
type-key-threshold-set = Antal nycklar som krävs
type-ledger-founded = Grundande av registret
type-log-keys-changed = Byte av loggens nycklar
type-party-registered = Registrering av part
type-party-succeeded = Succession av part
type-personal-data-erased = Radering av personuppgift

