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
challenge-extraordinary = extraordinärt ändringssökande

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

phase-contracts-and-documents = avtal och handlingar upprättas
phase-mapping-of-common-tasks = kartläggning av gemensamma uppgifter
phase-ways-of-cooperation = former för samarbetet

condition-outcome-accepted = förbehållet godkänns
condition-outcome-failed = villkoret uppfylldes inte
condition-outcome-fulfilled = villkoret uppfylldes
condition-outcome-objected = förbehållet motsätts

ground-forged = underskriften är inte given av den vars namn den bär
ground-not-authorised = undertecknaren saknade behörighet
ground-other = annan grund
ground-wrong-text = en annan text avsågs

ending-lapsed = avtalstiden löpte ut
ending-replaced = ersattes av ett annat avtal
ending-terminated = avslutades

amendment-rule-binds-accepting = två parter har godkänt den; den binder dem som godkänner den
amendment-rule-threshold = den avtalade andelen av parterna har godkänt den; den binder alla
amendment-rule-unanimous = alla parter har godkänt den

form-agreement = ett eget avtal som man ansluter sig till genom godkännande och underskrift
form-description = en beskrivning som man ansluter sig till genom att förbinda sig

negotiation-council-term = förhandling en gång per fullmäktigeperiod
negotiation-forum = samarbetsorganets möte
negotiation-yearly-health-promotion = årlig förhandling om främjande av hälsa och välfärd
negotiation-yearly-ministry = årlig förhandling med ett ministerium

part-plan = välfärdsplan
part-report = välfärdsberättelse
part-report-and-plan = välfärdsberättelse och välfärdsplan

matter-application = tillämpningen av avtalet
matter-interpretation = tolkningen av avtalet
matter-record = om posten stämmer
matter-validity = giltighet

dispute-outcome-agreed = parterna kom överens
dispute-outcome-decided = saken avgjordes
dispute-outcome-withdrawn = tvisten lades ned

type-agreement-ended = Avtalets upphörande
type-agreement-opened = Avtalet öppnas
type-amendment-proposed = Ändringsförslag
type-annex-commitment-ended = Utträde ur en bilaga
type-annex-committed = Förbindelse till en bilaga
type-annex-deposited = Deposition av en bilaga
type-area-defined = Tillägg av en gränsyta
type-challenge-resolved = Avgörande om ändringssökande
type-comment-round-opened = Remissrunda öppnas
type-comment-submitted = Utlåtande
type-condition-settled = Avgörande av ett villkor
type-counterpart-assigned = Utnämning av motpart
type-counterpart-ended = Motpartsuppdragets slut
type-decision-became-final = Beslutets laga kraft
type-decision-challenged = Ändringssökande
type-decision-recorded = Beslut
type-decision-replaced = Ersättande av ett beslut
type-dispute-recorded = Tvist
type-dispute-resolved = Tvistens slut
type-division-of-work-set = Arbetsfördelning
type-draft-presented = Utkast presenteras
type-entry-into-force-determined = Ikraftträdandet konstateras
type-forum-ended = Upphörande av ett samarbetsorgan
type-forum-established = Inrättande av ett samarbetsorgan
type-goal-set = Mål
type-indicator-reported = Indikatorvärde
type-minutes-confirmed = Protokollsjustering
type-minutes-published = Publicering av protokoll
type-minutes-reinspected = Ny protokollsjustering
type-negotiation-held = Förhandling
type-outside-party-joined = Anslutning av en utomstående part
type-party-acceded = Anslutning till avtalet
type-party-confirmed-by-successor = Efterträdarens bekräftelse
type-preparation-phase-recorded = Skede i beredningen
type-provisional-application-declared = Provisorisk tillämpning
type-provisional-application-ended = Den provisoriska tillämpningens slut
type-record-confirmed = Post bekräftas
type-record-corrected = Post rättas
type-record-retracted = Post återkallas
type-signature-invalidated = Ogiltig underskrift
type-signing-mandate-recorded = Fullmakt att underteckna
type-text-deposited = Text deponeras
type-text-error-objected = Invändning mot en rättelse av texten
type-text-error-proposed = Förslag till rättelse av texten
type-text-error-rectified = Rättelse av texten
type-text-opened-for-approval = Öppnande för godkännande
type-text-signed = Underskrift
type-welfare-report-adopted = Välfärdsberättelse eller välfärdsplan
type-withdrawal-notified = Uppsägning
type-withdrawal-revoked = Återtagen uppsägning
