## Sanoja, joita sivut ja komentorivi käyttävät yhdessä.

date = { $day }.{ $month }.{ $year }
moment = { $date } klo { $hour }.{ $minute }.{ $second }

approved = Hyväksynyt
signed = Allekirjoittanut
not-approved = Ei hyväksyntää
not-signed = Ei allekirjoitusta
outcome-not-known = Lopputulos ei tiedossa
in-force = Voimassa
in-force-partly = Osittain voimassa
not-in-force = Ei voimassa
contested = Kiistanalainen
invented = keksitty
invented-some = mukana keksittyjä
transcribed = jäljennetty
suspect = kyseenalainen
unknown = ei tiedossa
registrar = Kirjaaja

count-records =
    { $count ->
        [one] { $count } merkintä
       *[other] { $count } merkintää
    }
count-parties =
    { $count ->
        [one] { $count } osapuoli
       *[other] { $count } osapuolta
    }
