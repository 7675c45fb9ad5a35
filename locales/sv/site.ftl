## Vem som driver registret, dataskydd, tillgänglighetsutlåtande

operator-name = Operatör
operator-email = E-post
operator-telephone = Telefon
operator-address = Adress
operator-missing = Registrets operatör har inte uppgett sina kontaktuppgifter. De uppges när servern startas.

privacy-title = Dataskydd
privacy-lead = Här berättas vilka personuppgifter registret innehåller, varför och hur länge.
privacy-who-title = Personuppgiftsansvarig
privacy-officer-title = Dataskyddsombud
privacy-officer-missing = Operatören har inte uppgett kontaktuppgifter till sitt dataskyddsombud.
privacy-what-title = Vilka uppgifter
privacy-what = Poster om offentliga samfunds beslut och undertecknanden kan ha namnet på den som undertecknat, föredragit eller berett ärendet, och en ordagrann del av protokollet. De bevaras skilt från posterna; i själva posten finns bara deras hashvärde. Andra personuppgifter begärs inte. Källorna är parterna själva och deras offentliga protokoll.
privacy-why-title = Varför
privacy-why = Uppgifterna behandlas för att visa vem som har beslutat och undertecknat vad. Behandlingen är nödvändig för en uppgift av allmänt intresse och för myndighetsutövning (allmänna dataskyddsförordningen, artikel 6.1 e; dataskyddslagen, 4 §).
privacy-long-title = Hur länge
privacy-long = Namnen försvinner från dessa sidor när tiden för ändringssökande har gått ut (kommunallagen, 140 §). Operatören ställer in tiden för varje avtal; om inget annat är inställt visas namnen i 60 dagar från handlingen.
privacy-erase = Operatören kan radera ett namn eller ett dokument helt ur registret. Posten och bevisen förblir hela, och raderingen lämnar ett spår.
privacy-visitors-title = Besökare
privacy-visitors = Tjänsten använder inga kakor och följer inte besökarna, och sidan hämtar ingenting från andra servrar. Programmet lagrar ingenting om besökarna. Operatörens nät kan föra logg över förfrågningar av säkerhetsskäl.
privacy-rights-title = Dina rättigheter
privacy-rights = Du kan be operatören om uppgifterna om dig själv, om rättelse av ett fel eller om radering, och motsätta dig behandlingen.
privacy-complaint = Du kan lämna in ett klagomål till dataombudsmannen:

access-title = Tillgänglighetsutlåtande
access-lead = Detta utlåtande gäller sidorna i registret Sinetti. För dem gäller lagen om tillhandahållande av digitala tjänster (306/2019).
access-state-title = Hur tillgänglig tjänsten är
access-state = Sidorna uppfyller delvis de kriterier för tillgänglighet på nivå A och AA (WCAG 2.1) som lagen kräver. Bristerna räknas upp nedan. Målet är nivå AA i WCAG 2.2.
access-gaps-title = Vad som inte är tillgängligt
access-gap-documents = Dokument som parterna har lämnat, såsom protokoll och skannade underskrifter, kan vara filer som en skärmläsare inte kan läsa (WCAG 1.1.1, 1.3.1). De är original och kan inte ändras utan att bevisvärdet lider. Det väsentliga innehållet finns som text på sidorna.
access-gap-language = Protokollens och avtalens egna ord står på det språk som de är skrivna på och är inte alltid översatta. Språket är märkt (WCAG 3.1.2).
access-gap-scripts = Kontrollen av bevis i webbläsaren kräver JavaScript. Samma kontroll kan göras med programmet.
access-made-title = Hur utlåtandet har gjorts
access-made = Utlåtandet bygger på programmets upphovspersoners egen bedömning. Vid varje ändring kontrolleras sidorna maskinellt på alla språk, ljusa och mörka, i telefonens och datorns bredd, och gås igenom med enbart tangentbord. Ingen utomstående expert har bedömt sidorna.
access-reviewed = Utlåtandet har gjorts eller setts över { $date }.
access-reviewed-missing = Operatören har inte uppgett när den har sett över utlåtandet.
access-feedback-title = Märkte du en brist?
access-feedback = Berätta om den för operatören, så rättas den. Svar ges inom 14 dagar.
access-authority-title = Tillsynsmyndighet
access-authority = Om du inte är nöjd med svaret eller inte får svar inom 14 dagar kan du göra en anmälan till tillsynsmyndigheten. På myndighetens webbplats berättas hur en anmälan görs och hur ärendet behandlas.
access-authority-name = Transport- och kommunikationsverket Traficom
access-authority-unit = Enheten för tillsyn över digital tillgänglighet
access-authority-telephone = telefon 029 534 5000 (växel)

## Sökning

search-title = Sök
search-label = Sök avtal, parter och händelser
search-button = Sök
search-help = Sökningen gäller avtalens namn, parternas namn och id, och händelsernas beskrivningar och ärendenummer. Namn på personer ingår inte.
search-none = Ingenting hittades med ”{ $query }”.
search-found =
    { $count ->
        [one] { $count } träff med
       *[other] { $count } träffar med
    }
search-more = Det finns fler träffar än vad som visas här. Precisera sökningen.
search-too-long = Sökningen är för lång. Skriv högst 100 tecken.
search-agreements = Avtal
search-parties = Parter
search-acts = Händelser
