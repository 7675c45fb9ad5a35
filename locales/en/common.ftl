## Words that the pages and the command line share.

date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
moment = { $date } at { $hour2 }:{ $minute }:{ $second }

approved = Approved
signed = Signed
not-approved = Not approved
not-signed = Not signed
outcome-not-known = Outcome not known
in-force = In force
in-force-partly = Partly in force
not-in-force = Not in force
contested = Contested
invented = invented
invented-some = some acts invented
transcribed = transcribed
suspect = suspect
unknown = not known
registrar = The registrar

count-records =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
count-parties =
    { $count ->
        [one] { $count } party
       *[other] { $count } parties
    }
