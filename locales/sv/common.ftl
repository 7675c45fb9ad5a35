## Ord som sidorna och kommandoraden använder gemensamt.

date = { $day }.{ $month }.{ $year }
moment = { $date } kl. { $hour }.{ $minute }.{ $second }

approved = Godkänt
signed = Undertecknat
not-approved = Inte godkänt
not-signed = Inte undertecknat
outcome-not-known = Utgången är okänd
in-force = I kraft
in-force-partly = Delvis i kraft
not-in-force = Inte i kraft
contested = Omtvistat
invented = påhittad
invented-some = innehåller påhittade
transcribed = återgiven
suspect = tvivelaktig
unknown = okänt
registrar = Registratorn

count-records =
    { $count ->
        [one] { $count } post
       *[other] { $count } poster
    }
count-parties =
    { $count ->
        [one] { $count } part
       *[other] { $count } parter
    }
