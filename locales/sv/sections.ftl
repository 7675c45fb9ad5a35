## Avtalssidans övriga delar: giltighet, bilagor, ändringar, skyldigheter, tvister, beredning.

yes = ja
no = nej
fact-date = Datum
fact-party = Part
fact-text = Text
fact-in-force-since = I kraft från och med
fact-determined-on = Konstaterat

force-title = Giltighet
force-help = När avtalet har varit i kraft enligt sin egen regel och vad som har antecknats om ikraftträdande och upphörande.
force-periods = Giltighetstider
force-period = Tid
force-from = från och med { $date }
force-with = Med parten
force-ending = Avtalets upphörande
force-last-day = Sista giltighetsdag
force-basis = Grund
force-replaced-by = Ersättande avtal
force-renewals = Förlängningar som inte har trätt i kraft
force-merged-seat = Plats { $number } ({ $party }) förenades med platsen för { $into }

annexes-title = Bilagor
annexes-help = Man ansluter sig till en bilaga separat. En bilaga ändrar inte vem som har godkänt och undertecknat själva avtalet.
annex-area = Kontaktyta
annex-form = Form av bilaga
annex-county = Välfärdsområde
annex-joined = Parter som bilagan gäller för nu
annex-outside = Öppen även för utomstående
chart-title = Parter och bilagor
chart-caption = Varje parts ställning i varje bilaga.
chart-since = från och med { $date }
chart-until = upphör { $date }
chart-outside = utomstående

amendments-title = Ändringar av avtalet
amendments-help = En ändring godkänns och undertecknas som avtalet. Ändringens egen regel säger när den träder i kraft och vem den binder.
amendment-untitled = Ändring
amendment-rule = Träder i kraft när
amendment-articles = Ändrar punkterna
amendment-approved = Har godkänt
amendment-signed = Har undertecknat
amendment-accepted = Har godkänt och undertecknat
amendment-missing = Saknas
amendment-binds = Binder
amendment-determined = registratorn har konstaterat ikraftträdandet
group-unamended = Den ursprungliga texten binder
group-amended = Den ändrade texten binder: { $titles }
group-parties = Parter
group-text = Uppdaterad text
group-text-none = inte deponerad

duties-title = Lagstadgade skyldigheter
duties-help = Förhandlingar och handlingar som lagen kräver och vad som finns om dem i registret. Att en anteckning saknas bevisar inte att skyldigheten inte har fullgjorts.
duties-caption = Skyldigheter enligt förfallodag.
duties-what = Skyldighet
duties-who = Vems
duties-period = Period
duties-due = Senast
duties-state = Läge
duties-days = { $from }–{ $to }
duties-parties = { $count } parter
duties-missing = Inte med: { $names }

disputes-title = Tvister
disputes-help = Registret avgör inga tvister. Det bevarar allas ståndpunkter.
dispute-open = inte avgjord
dispute-over = avslutad
dispute-about = Gäller
dispute-raised = Framförd av
dispute-answer = En annan ståndpunkt
dispute-resolved = Avslutning

text-errors-title = Fel i texterna
text-errors-help = Ett fel i en text rättas från början, om ingen invänder mot rättelsen inom tiden.
text-error-proposed-by = Rättelsen föreslogs av
text-error-by = Invändning senast
text-error-objections = Mot rättelsen invänder
text-error-rectified-on = Rättat

drafting-title = Beredning och samarbetsorgan
drafting-help = Hur avtalet bereddes och var parterna möts. Ingenting här är ett beslut om avtalet.
drafting-round = Remissrunda
drafting-open = öppen
drafting-closed = avslutad
drafting-opened = Öppnad
drafting-deadline = Yttranden senast
drafting-invited = Yttrande begärt av
drafting-comment = Yttrande
drafting-late = efter tidsfristen
drafting-to = För vem
drafting-summary = Resultat
forum-kind = Forumets art
forum-composition = Sammansättning
forum-how-often = Sammanträder
forum-meetings = Antecknade möten
forum-over-on = Upphörde
forum-meets = verksamt
forum-over = upphört

changes-title = Vad har ändrats
changes-help = Välj dagen då du senast såg på den här sidan. Du ser vad som nu är annorlunda än det var känt då.
changes-since = Jag tittade senast
changes-show = Visa ändringarna
changes-week = under en vecka
changes-month = under en månad
changes-year = under ett år
changes-between = Jämfört med det som var känt { $since }. Giltigheten visas nu per { $on }.
changes-none = Ingenting har ändrats.
changes-too-early = Avtalet fanns inte i registret då, så allt på den här sidan har antecknats efter det.
changes-caption =
    { $count ->
        [one] { $count } ändring
       *[other] { $count } ändringar
    }
changes-what = Vad
changes-before = Då
changes-after = Nu
changes-whole = hela avtalet
changes-not-before = fanns inte
changes-no-more = inte längre
changes-proposed = föreslagen
changes-counted = räknas som godkännande
changes-for-programs = Samma ändringar för program (JSON)

party-description = Avtalen som { $party } är med i: vad parten har gjort och vad som väntar den.
party-kind = Slag
party-codes = Koder
party-business-id = FO-nummer
party-continues = Fortsätter parterna
party-successors = Efterträdare
party-in-nothing = Parten är inte med i något avtal i det här registret.
party-bound = avtalet binder
party-leaves-on = Uppsägningen träder i kraft
party-acts = Vad parten har gjort
party-acts-none = Det finns inga anteckningar av parten i detta avtal.
awaits-title = Vad som väntar parten
awaits-none = Ingenting väntas av parten nu.
awaits-by = senast { $date }
awaits-late = försenat
awaits-optional = frivilligt
awaits-calendar = Till kalendern (iCalendar): frister och skyldigheter
awaits-calendar-title = { $of }: väntande ärenden
