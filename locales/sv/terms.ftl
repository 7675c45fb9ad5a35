## Benämningar på beslut, organ och texter: koden och dess ord.

resolution-adopted = förslaget godkändes
resolution-adopted-amended = förslaget godkändes med ändringar
resolution-rejected = förslaget förkastades
resolution-returned = återremitterades
resolution-tabled = bordlades
resolution-withdrawn = drogs tillbaka
resolution-not-competent = organet saknade behörighet
resolution-unknown = utgången är okänd

effect-approve = godkännande av avtalet
effect-approve-conditionally = villkorligt godkännande
effect-reject = förkastande av avtalet
effect-note = antecknande för kännedom
effect-state-opinion = avgivande av utlåtande
effect-propose-to-superior = förslag till ett högre organ
effect-authorise-signing = bemyndigande att underteckna
effect-commit = åtagande
effect-withdraw = utträde ur avtalet
effect-unknown = verkan är okänd

finality-not-appealable = får inte överklagas
finality-open = ändring kan sökas
finality-challenged = ändringssökande pågår
finality-final = har vunnit laga kraft
finality-annulled = upphävt
finality-unknown = okänt

organ-council = fullmäktige
organ-board = styrelse
organ-committee = nämnd
organ-official = tjänsteinnehavare
organ-forum = samarbetsforum

minutes-agenda = föredragningslista
minutes-unconfirmed = ojusterat protokoll
minutes-confirmed = justerat protokoll
minutes-reported = uppgift ur offentlig källa

role-draft = utkast
role-approval = text för godkännande
role-amendment = ändring
role-annex = bilaga
role-consolidated = konsoliderad text

grade-ledger-key = med registernyckel
grade-advanced = avancerad elektronisk underskrift
grade-qualified = kvalificerad elektronisk underskrift
grade-paper = på papper

challenge-take-up = utnyttjad övertagningsrätt
challenge-rectification-claim = begäran om omprövning
challenge-appeal = besvär

kind-wellbeing-services-county = välfärdsområde
kind-municipality = kommun
kind-regional-council = landskapsförbund
kind-other = annan part

language-fi = finska
language-sv = svenska
language-se = nordsamiska
language-smn = enaresamiska
language-sms = skoltsamiska
language-en = engelska

outcome-annulled = beslutet upphävdes
outcome-dismissed = prövades inte, beslutet står fast
outcome-upheld = avslogs, beslutet står fast
outcome-withdrawn = återtogs, beslutet står fast

type-agreement-opened = Avtalet öppnas
type-challenge-resolved = Avgörande om ändringssökande
type-comment-round-opened = Remissrunda öppnas
type-decision-challenged = Ändringssökande
type-decision-recorded = Beslut
type-draft-presented = Utkast presenteras
type-entry-into-force-determined = Ikraftträdandet konstateras
type-minutes-confirmed = Protokollsjustering
type-minutes-reinspected = Ny protokollsjustering
type-record-confirmed = Post bekräftas
type-record-corrected = Post rättas
type-record-retracted = Post återkallas
type-signing-mandate-recorded = Fullmakt att underteckna
type-text-deposited = Text deponeras
type-text-signed = Underskrift
