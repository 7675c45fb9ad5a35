## Att följa: flöden, märke och öppna data.
feed-title = { $of }: nya anteckningar
feed-retracted = återtagen
feed-corrected = rättad
catalog-title = Avtalsregistret { $origin }
catalog-description = Läget för gemensamma avtal mellan kommuner och andra offentliga samfund: vem som har godkänt, vem som har undertecknat och om avtalet är i kraft. Varje uppgift bygger på en undertecknad anteckning som var och en kan kontrollera.
catalog-dataset = Avtalets parter, godkännanden, underskrifter, giltighet och hela historia med bevis.
catalog-state = Avtalets läge
catalog-parties = Tabell över parterna
catalog-timeline = Historiken i klarspråk
catalog-events = De undertecknade anteckningarna
catalog-feed = Nya anteckningar som flöde
catalog-evidence = Bevispaket som kan kontrolleras utan nät

## På avtalets sida.
follow-title = Följ avtalet
follow-help = Ingen e-postadress behövs eller efterfrågas.
follow-feed = Nya anteckningar som flöde (Atom) till en flödesläsare
follow-table = Tabellen över parterna (CSV) till ett kalkylprogram
follow-badge = Lägesmärke (SVG) för egna webbsidor
follow-catalog = Förteckning över öppna data (DCAT-AP)
follow-moment = Sidan så som den syns nu finns alltid på samma adress:
follow-permalink = beständig adress
follow-news = Nya anteckningar: { $count }. Sidan visar ett tidigare läge.
follow-reload = Ladda om sidan
picture-on = Läget { $on }
picture-known = Känt { $known }, i kraft { $on }
