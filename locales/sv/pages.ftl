## Sidornas texter.

service-name = Sinetti
skip-to-content = Gå till innehållet
languages = Språk
menu = Huvudmeny
menu-agreements = Avtal
menu-about = Om tjänsten
breadcrumb = Länkstig
to-front = Alla avtal

demonstration = Demonstrationsregister
demonstration-warning = Demonstrationsregister: en del av händelserna är påhittade. De är märkta med ordet ”påhittad” och räknas med i siffrorna. Registret har ingen rättsverkan.

footer-what = Sinetti är ett register som offentliga samfund använder för att visa vad de har beslutat om sitt ömsesidiga avtal.
footer-ledger = Registrets beteckning:
footer-checkpoint = Senaste kontrollpunkt
footer-api = Programmeringsgränssnitt

front-title = Avtalen och läget just nu
front-lead = Vem har godkänt, vem har undertecknat, och är avtalet i kraft? Varje svar härleds ur signerade händelser som vem som helst kan kontrollera.
front-none = Det finns ännu inga avtal i registret.
front-damaged = Avtalet kan inte visas: det finns ett fel i dess poster som den som driver registret behöver åtgärda.

## Svaret i en mening

sentence-waiting =
    Ännu inte i kraft: av { $total } parter har { $approved ->
        [0] { $signed ->
            [0] ingen godkänt eller undertecknat.
           *[other] ingen godkänt, och { $signed } har undertecknat.
        }
       *[other] { $signed ->
            [0] { $approved } godkänt, men ingen har undertecknat.
           *[other] { $approved } godkänt och { $signed } undertecknat.
        }
    }
sentence-waiting-approvals =
    Ännu inte i kraft: av { $total } parter har { $approved ->
        [0] ingen godkänt.
       *[other] { $approved } godkänt.
    }
sentence-in-force = I kraft från och med { $date }: alla { $total } parter har godkänt och undertecknat.
sentence-in-force-approvals = I kraft från och med { $date }: alla { $total } parter har godkänt.
sentence-contested = Omtvistat: avtalet konstaterades ha trätt i kraft { $date }, men grunden har ändrats efter det. Av { $total } parter har { $approved } godkänt och { $signed } undertecknat.
sentence-pairs =
    { $pairs ->
        [0] Ännu inte i kraft mellan någon: av { $total } parter har { $approved } godkänt och { $signed } undertecknat.
        [one] I kraft mellan { $hub } och en annan part. Av { $total } parter har { $approved } godkänt och { $signed } undertecknat.
       *[other] I kraft mellan { $hub } och { $pairs } andra parter. Av { $total } parter har { $approved } godkänt och { $signed } undertecknat.
    }
missing-few = Det saknas: { $names }.
missing-many =
    { $count ->
        [one] En part saknas ännu.
       *[other] { $count } parter saknas ännu. Förteckningen finns nedan.
    }
as-recorded = Svaret bygger enbart på det som har antecknats i detta register. En part kan ha godkänt eller undertecknat avtalet fastän uppgiften saknas här.
missing-both = godkännande och underskrift
missing-approval = godkännande
missing-signature = underskrift
missing-list = Vilka som saknas och vad som saknas av dem
map-title = Parterna på kartan
map-help = En ruta är en part, eftersom var och en räknas en gång. En kommun står ungefär där den ligger. Rutan leder till partens rad; numret är detsamma som i förteckningen.
map-county = välfärds­område
map-region = landskaps­förbund
map-done = har godkänt och undertecknat
map-done-approval = har godkänt
map-approved = har godkänt, undertecknande saknas
map-signed = har undertecknat, godkännande saknas
map-waiting = godkännande och undertecknande saknas
map-waiting-approval = godkännande saknas
map-against = beslut mot avtalet eller har frånträtt
determined-on = Registratorn har konstaterat ikraftträdandet.
determined-not = Villkoren för ikraftträdande är uppfyllda. Registratorn har ännu inte konstaterat ikraftträdandet.
contested-because = Därför är det omtvistat

## Avtalssidan

as-of-record =
    { $count ->
        [one] { $count } post om avtalet, nr { $index } i registret, antecknad { $moment }.
       *[other] { $count } poster om avtalet; den senaste är nr { $index } i registret, antecknad { $moment }.
    }
as-of-on = Giltigheten avser { $date }.
as-of-checkpoint =
    { $count ->
        [0] Det finns ännu ingen kontrollpunkt.
        [one] Kontrollpunkten omfattar { $count } post.
       *[other] Kontrollpunkten omfattar { $count } poster.
    }
banner-moment = Du ser läget som det var känt { $known } och gällde { $on }.
banner-known = Du ser läget som det var känt { $known }.
banner-on = Du ser vad som gällde { $on } enligt nuvarande kännedom.
banner-back = Visa nuläget
on-this-page = På den här sidan

count-bound = Avtalet binder
of-total = av { $total }

moments-title = Se en annan tidpunkt
moments-help = Registret har två tider: när något hände och när det antecknades i registret.
moments-known = Känt senast
moments-on = I kraft den dagen
moments-show = Visa

rule-title = När avtalet är i kraft
rule-all-approved-and-signed = Avtalet är i kraft när alla { $total } parter har godkänt det och undertecknat det. Godkännande och underskrift är två olika saker, och båda behövs av var och en.
rule-all-approved = Avtalet är i kraft när alla { $total } parter har fattat samstämmiga beslut om godkännande. Inga underskrifter behövs.
rule-threshold = Avtalet är i kraft när { $parties } av parterna har godkänt det{ $signatures ->
    [yes] {" "}och undertecknat det
   *[no] {""}
}{ $population ->
    [none] .
   *[other] {" "}och deras andel av invånarna är { $population }.
}
share-at-least = minst { $fraction }
share-more-than = mer än { $fraction }
rule-each-when-approved-and-signed = Avtalet är i kraft parvis: mellan { $hub } och var och en av de andra parterna från det att båda har godkänt och undertecknat det.
rule-stated = Regeln framgår av avtalet:
rule-assumed = Regeln framgår inte av avtalet utan är ett antagande:
rule-term-until-further-notice = Avtalet gäller tills vidare.
rule-term-fixed = Avtalet gäller till och med { $date }.
rule-term-unknown = Avtalets giltighetstid är inte känd.
rule-counting = Som godkännande räknas det behöriga organets beslut att godkänna just denna text. Att ett organ ”godkände förslaget” att anteckna ärendet för kännedom eller att ge ett utlåtande är inte ett godkännande av avtalet.

parties-title = Parter
parties-caption = Varje parts beslut, undertecknande och anmärkningar.
parties-shown = { $shown } parter visas, av sammanlagt { $total }.
filters = Visa av parterna
filter-all = Alla
filter-missing = Något saknas
filter-approved = Har godkänt
filter-not-approved = Har inte godkänt
filter-signed = Har undertecknat
filter-not-signed = Har inte undertecknat
filter-bound = Bundna
column-number = Nr
column-party = Part
column-approval = Godkännande
column-decision = Beslut
column-case = Ärendenummer
column-finality = Laga kraft
column-signature = Underskrift
column-notes = Anmärkningar
joint-signature = Delvis { $done }

unattributed-title = Beslut vars part inte är känd
unattributed-help = Källan nämner inte parten, så besluten räknas inte någon till godo.

pairs-title = Mellan vilka avtalet är i kraft
pairs-since = från och med { $date }

texts-title = Texter
texts-help = Beslut och underskrifter anger texten med dess hashvärde (SHA-256). Samma hashvärde betyder samma text, tecken för tecken.
texts-none = Det finns ännu inga texter i registret.
text-digest = Hashvärde (SHA-256)
text-digest-unknown = Texten finns inte i registret, så hashvärdet är okänt. Texten är känd till namn och datum.
document-held = Ladda ner dokumentet
document-missing = Dokumentet finns inte sparat i registret.
document-erased = Dokumentet har raderats; hashvärdet finns kvar.
text-language = Språk
text-dated = Daterad
text-current = texten som ska godkännas
copy-title = Har jag samma text?
copy-help = Webbläsaren räknar ut filens hashvärde och jämför det med dem ovan. Filen lämnar inte din enhet.
copy-choose = Välj en fil eller släpp den här
copy-same = Samma text: { $file } är tecken för tecken ”{ $title }”.
copy-other = { $file } är ingen av dessa texter. Dess hashvärde är { $digest }.
copy-too-large = { $file } är för stor för att kontrolleras i webbläsaren.
copy-by-command = Så räknar du ut ditt eget exemplars hashvärde, för att jämföra det med dem ovan:
copy-file = FIL

content-title = Vad avtalet handlar om
content-areas = Gränssnitt
content-forums = Samarbetsforum
content-principles = Principer
content-costs = Kostnader
content-laws = Rättsgrund
content-sources = Källor

history-title = Händelser
history-help = Alla händelser som har antecknats i registret, den senaste först. Inget tas bort: en felaktig post rättas eller återkallas med en ny.
history-recorded = antecknad { $moment }
history-version = post { $version }
history-retracted = återkallad i post { $version }
history-corrected = rättad i post { $version }
history-confirmed = bekräftad i post { $version }
history-minutes-say = Protokollets ord:
history-none = Inga händelser vid denna tidpunkt.
progress-title = Godkännanden och undertecknanden över tid
progress-words = { $from }–{ $until }: av { $total } parter har { $approved } godkänt och { $signed } undertecknat.
progress-table = Siffrorna som tabell
progress-day = Dag
history-earlier =
    { $count ->
        [one] Visa också den tidigare händelsen
       *[other] Visa också { $count } tidigare händelser
    }

verify-title = Kontrollera själv
verify-help = Varje post är signerad och länkad i en kedja, och hela registret är bundet till en kontrollpunkt. På postens sida finns de exakta byten, signaturen och beviset.
verify-evidence = Bevismaterialet som en fil (ZIP): alla poster och bevis, kan kontrolleras utan nät
verify-state = Läget i maskinläsbar form (JSON)
verify-events = Händelserna i maskinläsbar form (JSON)
verify-statement = Lägesintyg undertecknat av loggen (att spara)

## Händelsesidan

event-title = Post { $version }
event-plain = Vad som hände
event-kind = Typ av händelse
event-actor = Vem som sade det
event-about-party = Vems handling
event-occurred = Hände
event-recorded = Antecknad i registret
event-source = Källa
event-id = Händelsens id
event-seen = Post som avsändaren hade sett
event-previous-page = Föregående post
event-next-page = Nästa post
event-signatures = Signaturer
event-signatures-help = Nyckeln identifieras med ett id som är SHA-256 av den öppna nyckeln. Signaturen omfattar de signerade byten nedan.
event-key = Nyckelns id
event-signature = Signatur (Ed25519)
event-chain = Plats i kedjan
event-index = Registrets post nr
event-version = Avtalets post nr
event-leaf = Postens hashvärde
event-chain-previous = Föregående i registret
event-chain-agreement-previous = Föregående i avtalet
event-heads = Alla kedjors ändar
event-payload = Signerade byte
event-payload-help = Exakt det som avsändaren signerade.
event-bytes = Postens byte
event-bytes-help = Exakt det som postens hashvärde är beräknat av.
event-proof = Bevis för att posten finns i registret (tlog-proof)
event-json = Posten i maskinläsbar form (JSON)
event-disclosures = Personuppgifter och ordagranna texter
event-disclosures-help = Dessa ingår inte i själva posten. Posten innehåller bara deras hashvärde, så de kan raderas utan att bevisen lider.
event-withheld = visas inte
event-past = visas inte längre: tiden för ändringssökande har gått ut
event-erased = raderad
event-documents = Dokument
event-documents-help = Händelsen anger dessa dokument med deras hashvärde (SHA-256). Ett dokument är det som undertecknades om dess hashvärde är detsamma.

## Om tjänsten

about-lead = Sinetti är ett register över avtal som välfärdsområden, kommuner och landskapsförbund ingår med varandra. Det visar vem som har godkänt och undertecknat vilken text och om avtalet är i kraft.
about-proof-title = Vad uppgifterna bygger på
about-proof = Varje händelse är signerad av den part vars handling den är, eller återgiven av registratorn ur en offentlig källa. Händelserna bildar en kedja som inte kan ändras i efterhand utan att det märks. Sidornas siffror räknas alltid på nytt ur händelserna.
about-limits-title = Vad detta inte bevisar
about-limit-depositary = Registret bedömer inte beslutens innehåll eller laglighet. Det avvisar en post som är felaktig eller vars avsändare saknar rätt till den.
about-limit-transcribed = ”Återgiven” betyder att registratorn har antecknat uppgiften ur en offentlig källa och att parten ännu inte själv har bekräftat den.
about-limit-time = Postens klockslag är det som operatören uppger.
about-limit-finality = Uppskattningar av laga kraft ersätter inte ett lagakraftbevis.
about-people-title = Personuppgifter
about-people = Namn skrivs inte i händelserna. De bevaras för sig och kan raderas utan att bevisen lider. Tjänsten använder inga kakor och följer inte besökarna, och sidan hämtar ingenting från andra servrar.
about-check-title = Kontrollera registret
about-check = Programmet som registret drivs med kan också kontrollera det. Kontrollen litar inte på serverns ord utan räknar om allt:
about-server-address = SERVERNS-ADRESS
about-access-title = Tillgänglighet
ledger-origin = Registrets beteckning
ledger-size = Poster i kontrollpunkten

## Felsidor

problem-not-found-title = Sidan finns inte
problem-not-found = Det finns ingen sida på denna adress. Kontrollera adressen eller gå tillbaka till avtalslistan.
problem-moment-title = Tidpunkten kan inte visas
problem-moment = Skriv tidpunkten som ÅÅÅÅ-MM-DD, till exempel 2023-03-27. Tidpunkten då något var känt kan också ha ett klockslag: 2023-03-27T12:00:00.000Z. Den kan inte ligga i framtiden.
problem-too-early-title = Avtalet fanns ännu inte i registret
problem-too-early = Vid den här tidpunkten fanns det ännu ingenting om avtalet i registret. Välj en senare tidpunkt eller se nuläget.
problem-unavailable-title = Registret kan inte läsas just nu
problem-unavailable = Försök igen om en stund. Om felet kvarstår, meddela den som driver registret.
problem-damaged-title = Det finns ett fel i posterna
problem-damaged = En post i databasen stämmer inte med sina kontrollsummor, och därför visas inte sidan. Den som driver registret behöver återställa en säkerhetskopia. Parternas kvitton bevisar vad som har antecknats.
problem-internal = Sidan kunde inte skapas. Försök igen om en stund.
