## Seuraaminen: syötteet, merkki ja avoin data.
feed-title = { $of }: uudet merkinnät
feed-retracted = peruttu
feed-corrected = korjattu
catalog-title = Sopimusrekisteri { $origin }
catalog-description = Kuntien ja muiden julkisyhteisöjen yhteisten sopimusten tila: kuka on hyväksynyt, kuka allekirjoittanut ja onko sopimus voimassa. Jokainen tieto perustuu allekirjoitettuun merkintään, jonka voi itse tarkistaa.
catalog-dataset = Sopimuksen osapuolet, hyväksymiset, allekirjoitukset, voimassaolo ja koko historia todisteineen.
catalog-state = Sopimuksen tila
catalog-parties = Osapuolten taulukko
catalog-timeline = Historia selkokielellä
catalog-events = Allekirjoitetut merkinnät
catalog-feed = Uudet merkinnät syötteenä
catalog-evidence = Todistepaketti, jonka voi tarkistaa ilman verkkoa

## Sopimuksen sivulla.
follow-title = Seuraa sopimusta
follow-help = Sähköpostiosoitetta ei tarvita eikä kysytä.
follow-feed = Uudet merkinnät syötteenä (Atom) lukuohjelmaan
follow-table = Osapuolten taulukko (CSV) taulukkolaskentaan
follow-badge = Tilamerkki (SVG) omille verkkosivuille
follow-catalog = Avoimen datan luettelo (DCAT-AP)
follow-moment = Sivu sellaisena kuin se nyt näkyy löytyy aina samasta osoitteesta:
follow-permalink = pysyvä osoite
follow-news = Uusia merkintöjä: { $count }. Sivulla näkyy aiempi tilanne.
follow-reload = Lataa sivu uudelleen
picture-on = Tilanne { $on }
picture-known = Tiedossa { $known }, voimassaolo { $on }
