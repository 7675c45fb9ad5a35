## Sanoja, joita sivut ja komentorivi käyttävät yhdessä.

date = { $day }.{ $month }.{ $year }
moment = { $date } klo { $hour }.{ $minute }.{ $second }

approved = Hyväksynyt
signed = Allekirjoittanut
not-approved = Ei hyväksyntää
not-signed = Ei allekirjoitusta
in-force = Voimassa
not-in-force = Ei voimassa
contested = Kiistanalainen
invented = keksitty
transcribed = jäljennetty
suspect = kyseenalainen
unknown = ei tiedossa
registrar = kirjaaja

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
