## Varför ett beslut inte är ett godkännande, eller varför godkännandet saknas.

why-agenda-only = Bara ett ärende på föredragningslistan: ingenting är beslutat ännu.
why-annulled = Beslutet har upphävts.
why-authorised-signing = Beslutet bemyndigar till underskrift. Det är inte ett godkännande.
why-commented = Utlåtandet är inte ett ställningstagande till godkännandet.
why-commented-late = Utlåtandet gavs efter tidsfristen. Det är inte ett ställningstagande till godkännandet.
why-committed = Beslutet gäller en bilaga, inte avtalet.
why-conditional = Villkoren för godkännandet är inte avgjorda.
why-later-rejected = Parten har senare förkastat avtalet.
why-later-withdrawn = Parten har senare återtagit sitt godkännande.
why-minutes-not-confirmed = Protokollet är inte justerat.
why-not-competent = Det är inte visat att organet är behörigt att besluta om detta.
why-noted = Antecknades för kännedom. Det är inte ett godkännande.
why-pending = Inget beslut finns i registret.
why-proposal-rejected = Förslaget förkastades.
why-proposal-withdrawn = Förslaget drogs tillbaka.
why-proposed-to-superior = Föreslogs för ett högre organ, som ännu inte har beslutat.
why-rejected = Avtalet godkändes inte.
why-returned = Ärendet återremitterades för beredning.
why-superseded-text = Beslutet gäller en annan text än den som nu ska godkännas.
why-tabled = Ärendet bordlades.
why-unattributed = Källan nämner inte parten.
why-unknown-outcome = Källan berättar inte vad som beslutades.
why-withdrew = Parten har återtagit sitt godkännande.
why-condition-failed = Villkoret för godkännandet uppfylldes inte.
why-replaced = Ett senare beslut ersatte detta.
why-reservation-objected = En annan part motsätter sig förbehållet.

## Vad läsaren bör veta om en parts rad.

note-approved-by-transcription = Godkännandet är återgivet av registratorn ur en offentlig källa. Parten har ännu inte bekräftat det.
note-approval-with-declaration = Till godkännandet hör ett uttalande som inte hindrar det.
note-challenged = Ändringssökande pågår.
note-corrected = Posten har rättats.
note-earlier-rejection = Tidigare förkastat. Det nyare beslutet avgör.
note-ended = Parten har upphört.
note-finality-open = Tiden för ändringssökande löper.
note-partly-signed = Bara en del av undertecknarna har undertecknat, så underskriften räknas inte ännu.
note-reenrolled = Registratorn har registrerat nya nycklar för parten, eftersom de tidigare gått förlorade.
note-reinspected = Protokollet har justerats på nytt.
note-signed-before-approval = Undertecknat, men godkännande saknas.
note-signed-not-final = Undertecknat. Beslutet har ännu inte vunnit laga kraft.
note-signed-other-text = Den undertecknade texten är en annan än den som nu ska godkännas.
note-signed-technical-variant = Den undertecknade texten skiljer sig från den godkända bara genom smärre tekniska ändringar som fullmakten tillåter.
note-other-decision = Annat beslut { $date }, { $place }: { $resolution } ({ $effect }).
note-suspect-key = Nyckeln som användes kan ha varit i orätta händer.
note-acceded = Anslöt sig till avtalet senare.
note-applies-provisionally = Tillämpar avtalet provisoriskt; detta räknas inte som godkännande.
note-approved-anew = Godkänt på nytt; det tidigare godkännandet gäller från sin ursprungliga dag.
note-conditions-settled = Villkoren för godkännandet är avgjorda.
note-conditions-settled-by-transcription = Att villkoren är avgjorda bygger bara på registratorns avskrift.
note-extraordinary-challenge = Extraordinärt ändringssökande pågår.
note-seat-taken = Efterträdaren har tagit platsen.
note-signature-invalidated = Underskriften har konstaterats vara ogiltig.
note-withdrawal-notified = Har meddelat att den utträder.
note-withdrawn = Har utträtt ur avtalet.

## Varför avtalets giltighet är omtvistad.

contest-approval-annulled = Godkännandet har upphävts.
contest-approval-fallen = Godkännandet gäller inte längre.
contest-conditions-later = Enligt nuvarande kännedom uppfylldes villkoren senare än vad som ansågs när ikraftträdandet konstaterades.
contest-signature-fallen = Underskriften gäller inte längre.
contest-suspect-key = Handlingen gjordes med en nyckel som kan ha varit i orätta händer.
contest-undone-by-transcription = Partens eget beslut har förlorat sin verkan enbart på grund av registratorns återgivning. Parten har inte bekräftat den.
contest-amendment-fallen = Villkoren för att ändringen ska vara i kraft uppfylls inte längre.
contest-disputed = En part har anmält avvikande mening.
contest-by = { $party }: { $what } Upphävt av { $by } { $date }.
contest-of = { $party }: { $what }

## Kommunsammanslagningar och annan kontinuitet.

footnote-absorbed = { $successors } fortsätter från och med { $date }; { $predecessors } anslöts till den.
footnote-merged = { $successors } fortsätter från och med { $date }; i den gick { $predecessors } samman.
footnote-split = { $predecessors } delades { $date }; det fortsätter som { $successors }.
footnote-renamed = Namnet ändrades { $date }.
footnote-id-changed = Beteckningen ändrades { $date }.

## Namn på uppgifter som förvaras för sig.

member-statement = Redogörelse för ärendet
member-proposal = Beslutsförslag
member-decision = Beslut
member-preparer = Beredare
member-presenter = Föredragande
member-dissents = Avvikande mening
member-conditions = Villkor
member-signatory = Undertecknare
member-reason = Orsak
member-reasons = Orsak
member-comment = Utlåtande
member-position = Ståndpunkt
member-terms = Avtalade villkor
member-name = Den som sköter uppgiften
member-other = Annan uppgift
