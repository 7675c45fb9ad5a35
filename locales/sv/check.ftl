## Kontroll i webbläsaren.

menu-check = Kontrollera
check-title = Kontrollera i webbläsaren
check-lead = Den här sidan räknar om bevisen i din egen webbläsare. Filerna skickas ingenstans, och serverns ord tas inte för gott.
check-no-script = Kontrollen i webbläsaren kräver JavaScript. Utan det kan du kontrollera samma filer med programmet eller för hand; anvisningarna finns nedan.
check-files = Filer att kontrollera
check-files-help = Ett kvitto, ett bevis (.tlog-proof) med sin post eller kontrollpunkter. Du kan också släppa filerna här.
check-run = Kontrollera
check-trust = Vad kontrollen litar på
check-trust-help = Registrets nycklar och den första postens hashvärde är publicerade även på annat håll än i den här tjänsten. Jämför, eller byt ut dem mot dem du fått från annat håll: bara då beror resultatet inte på den här sidan.
check-keys = Registrets nycklar (vkey), en per rad
check-founding = Den första postens hashvärde (base64)
check-offline-title = Spara kontrollverktyget
check-offline = Verktyget finns som en enda fil som fungerar utan nätverk. Spara den nu, så kan du kontrollera kvitton och bevis även när den här tjänsten inte längre finns.
check-offline-link = Spara kontrollverktyget (HTML)
check-offline-lead = Den här filen kontrollerar kvitton och bevis från ett Sinetti-register utan nätverk. Den är sparad från registret { $origin }.
check-other-title = Kontrollera med programmet eller för hand
check-other = Programmet sinetti kontrollerar mer än webbläsaren: det spelar också upp avtalens regler och hela registret på nytt.
check-other-hand = För kontroll för hand räcker curl, jq och openssl; byten beskrivs i dokumentationen som följer med programmet (docs/auditing.md och docs/formats.md).

check-here-title = Kontrollera den här posten här
check-here = Din webbläsare hämtar posten, dess bevis och registrets nyckelhändelser och räknar ut allt själv: hashvärden, signaturer och platsen i registret.
check-here-run = Kontrollera i webbläsaren
check-here-no-script = Kontrollen i webbläsaren kräver JavaScript. Utan det kan du ladda ner beviset och posten och kontrollera dem med programmet eller för hand.

## Vad verktyget säger. Det som står inom klammer fyller webbläsaren i.

check-say-working = Kontrollerar…
check-say-no-files = Välj först vilka filer som ska kontrolleras.
check-say-bad-key = Detta är ingen giltig nyckel (vkey): { $value }
check-say-bad-founding = Den första postens hashvärde ska vara 32 byte i base64.
check-say-broken = Verktyget kom inte till slut. Ingenting har konstaterats.

check-say-verdict-valid = I sin ordning
check-say-verdict-suspect = Misstänkt
check-say-verdict-unverifiable = Kan inte verifieras
check-say-verdict-tampered = Ändrad
check-say-headline-valid = Allt som den här webbläsaren kontrollerade stämmer.
check-say-headline-suspect = Äkta, men signerad med en nyckel som kan ha varit i orätta händer.
check-say-headline-unverifiable = Allt kunde inte verifieras.
check-say-headline-tampered = Något stämmer inte.

check-say-checked = Kontrollerat
check-say-count-records = Postens form och plats: { $count }
check-say-count-signatures = Parternas signaturer: { $count }
check-say-count-checkpoint-signatures = Registrets signaturer på kontrollpunkten: { $count }
check-say-count-inclusions = Att posten ingår i registret: { $count }

check-say-unchecked = Inte kontrollerat
check-say-unchecked-rules = Avtalens regler: om handlingen borde ha tagits in i registret. Programmet sinetti spelar upp dem.
check-say-unchecked-ml-dsa = Registrets andra signatur (ML-DSA-44): den här webbläsaren har inte den metoden.
check-say-unchecked-author = Partens signatur: nyckeln finns i registret och inte i den här filen.
check-say-unchecked-completeness = Att ingenting har lämnats bort.
check-say-unchecked-inclusion = Posterna under kontrollpunkten.
check-say-unchecked-consistency = Att den nyare kontrollpunkten fortsätter den äldre: därtill behövs registrets egna bevis.

check-say-trust-page = Som registrets nycklar användes de som den här sidan gav. Jämför dem med dem som är publicerade på annat håll.
check-say-trust-own = Som registrets nycklar användes de som du själv angav.

check-say-findings = Iakttagelser
check-say-place = post { $index }

check-say-facts = Vad som kontrollerades
check-say-fact-agreement = Avtal
check-say-fact-version = Avtalets post nr
check-say-fact-index = Registrets post nr
check-say-fact-recorded-at = Antecknad i registret (enligt operatören)
check-say-fact-leaf = Postens hashvärde
check-say-fact-actor = Vem som sade det
check-say-fact-type = Typ av händelse
check-say-fact-origin = Registrets id
check-say-fact-size = Poster under kontrollpunkten
check-say-fact-root = Kontrollpunktens rot
check-say-fact-founding = Den första postens hashvärde

check-say-finding-other = En kontroll stämde inte.
check-say-finding-key-rule = Nyckelhändelsen strider mot nycklarnas regler.
check-say-finding-record-misplaced = Posten passar inte på sin plats i kedjan.
check-say-finding-record-not-canonical = Postens byte har inte sin enda rätta form.
check-say-finding-record-format-unknown = Posten har en form som verktyget inte känner.
check-say-finding-record-malformed = Byten är ingen post i registret.
check-say-finding-record-too-long = Posten är för lång.
check-say-finding-envelope-malformed = Signaturkuvertet har fel form.
check-say-finding-not-canonical = De signerade byten har inte sin enda rätta form.
check-say-finding-payload-malformed = De signerade byten är ingen händelse.
check-say-finding-payload-too-long = Den signerade händelsen är för lång.
check-say-finding-characters-unknown = Texten har ett tecken som den här webbläsaren ännu inte känner.
check-say-finding-ledger-mismatch = Signerad för ett annat register.
check-say-finding-agreement-mismatch = Signerad för ett annat avtal.
check-say-finding-expired = Antecknad först efter den tidsfrist som avsändaren satte.
check-say-finding-seen-not-in-history = Avsändaren hade sett en annan historia än denna.
check-say-finding-event-repeated = Samma händelse finns två gånger i registret.
check-say-finding-event-type-unknown = Händelsen är av en typ som verktyget inte känner.
check-say-finding-data-malformed = Nyckelhändelsens uppgifter har fel form.
check-say-finding-erased-event-unknown = Händelsen som uppgifter raderas ur finns inte.
check-say-finding-key-unknown = Nyckeln som signerat finns inte i registret.
check-say-finding-key-of-another-party = Nyckeln tillhör en annan part.
check-say-finding-key-revoked = Nyckeln var redan återkallad.
check-say-finding-key-purpose = Nyckeln är inte avsedd för en sådan handling.
check-say-finding-key-possession-unproven = Den nya nyckeln har inte själv signerat.
check-say-finding-key-threshold = För få nycklar har signerat.
check-say-finding-founder-signature-missing = En grundares signatur saknas.
check-say-finding-signature-invalid = Signaturen stämmer inte.
check-say-finding-key-suspect = Nyckeln kan enligt sin innehavare då ha varit i orätta händer.
check-say-finding-records-missing = Poster saknas.
check-say-finding-records-beyond-checkpoint = Posterna efter kontrollpunkten är inte signerade.
check-say-finding-root-mismatch = Posterna ger inte kontrollpunktens rot.
check-say-finding-log-empty = Det finns ingen post.
check-say-finding-checkpoint-signature = Registrets signatur på kontrollpunkten stämmer inte eller saknas.
check-say-finding-checkpoint-before-record = Kontrollpunkten är signerad innan dess sista post gjordes.
check-say-finding-checkpoint-malformed = Detta är ingen kontrollpunkt.
check-say-finding-log-key-unknown = Registrets nyckel är inte känd; lägg till den under ”Vad kontrollen litar på”.
check-say-finding-fork = Registret har signerat två olika historier. Spara båda filerna: de är beviset.
check-say-finding-receipt-contradiction = Kvittot säger annat än postens byte.
check-say-finding-proof-malformed = Beviset har fel form.
check-say-finding-proof-misplaced = Beviset gäller en annan plats i registret.
check-say-finding-not-included = Beviset visar inte att posten finns i registret.
check-say-finding-record-missing = Bevisets post saknas; ge också den.
check-say-finding-proof-missing = Beviset saknas; ge också det.
check-say-finding-founding-mismatch = Den första posten är en annan än den som kontrollen litar på.
check-say-finding-browser-unfit = Webbläsaren har ingen tillräckligt sträng Ed25519-kontroll. Använd en nyare webbläsare eller programmet.
check-say-finding-file-too-large = Filen är för stor.
check-say-finding-file-unknown = Filen är ingen av dem som kan kontrolleras.
check-say-finding-page-differs = Byten som sidan visar är andra än de kontrollerade.
check-say-finding-server-silent = Servern gav inte allt som behövs för kontrollen.
