## Ord för bilagor, skyldigheter och ändringar: kod och ord.

annex-state-joined = är med
annex-state-leaving = är med, utträder
annex-state-left = har utträtt
annex-state-not-eligible = gäller inte parten
annex-state-not-joined = är inte med
annex-state-partial = anslutningen pågår
annex-state-ready = har anslutit sig, väntar på andra

annex-why-approval-and-signature-missing = Parten har varken godkänt eller undertecknat bilagan.
annex-why-approval-missing = Parten har undertecknat bilagan men inte godkänt den.
annex-why-county-not-committed = Välfärdsområdet har inte förbundit sig till bilagan.
annex-why-decision-fallen = Beslutet som åtagandet bygger på gäller inte längre.
annex-why-ended = Parten har utträtt ur bilagan.
annex-why-nobody-else = Ingen annan har anslutit sig ännu.
annex-why-not-committed = Parten har inte förbundit sig till bilagan.
annex-why-not-eligible = Bilagan gäller inte den här parten.
annex-why-signature-missing = Parten har godkänt bilagan men inte undertecknat den.
annex-why-withdrawn = Parten har utträtt ur avtalet som bilagan är en del av.

duty-council-term = Förhandling mellan välfärdsområdet och kommunerna varje fullmäktigeperiod
duty-welfare-plan = Regional välfärdsplan varje fullmäktigeperiod
duty-welfare-report = Regional välfärdsberättelse varje fullmäktigeperiod
duty-yearly-health-promotion = Årlig förhandling om främjande av hälsa och välfärd
duty-yearly-ministry = Välfärdsområdets årliga förhandling med ministeriet
duty-state-done = fullgjord
duty-state-due = inte fullgjord, tiden löper
duty-state-overdue = inte känd som fullgjord inom tiden

change-amendment = Ändringsförslag
change-amendment-accepted = Parter som har godtagit ändringen
change-amendment-bound = Parter som ändringen binder
change-annex = Bilaga
change-annex-part = Partens ställning i bilagan
change-approved = Parter som har godkänt
change-approved-on = Godkännande
change-bound = Parter som avtalet binder
change-contested = Skäl till att läget är omtvistat
change-current-text = Texten som ska godkännas
change-decision = Beslutets verkan
change-determined = Registratorn har konstaterat ikraftträdandet
change-dispute = Tvist
change-duty = Lagstadgad skyldighet
change-ending = Sista giltighetsdag
change-in-force = I kraft
change-in-force-since = I kraft från och med
change-pair = I kraft mellan två parter från och med
change-parties-total = Partsplatser
change-seat = Nummer i förteckningen över parter
change-signatures = Underskrifter av de begärda
change-signed = Parter som har undertecknat
change-signed-on = Underskrift
change-text = Deponerad text

awaits-accept-amendment = Godkänna och underteckna ändringen
awaits-answer-reservation = Godta en annan parts förbehåll eller invända mot det
awaits-approve = Besluta om godkännande av avtalet
awaits-comment = Lämna yttrande i den öppna remissen
awaits-confirm-minutes = Justera beslutets protokoll
awaits-confirm-transcription = Bekräfta eller rätta registratorns avskrift
awaits-join-annex = Ansluta sig till bilagan
awaits-meet-duty = Fullgöra en lagstadgad skyldighet
awaits-name-counterpart = Utse en motpart
awaits-object-to-correction = Invända mot rättelsen av texten, om den är felaktig
awaits-publish-minutes = Publicera protokollet eller anteckna att det har publicerats
awaits-record-finality = Anteckna att beslutet har vunnit laga kraft
awaits-settle-condition = Anteckna vad som blev av godkännandets suspensiva villkor
awaits-sign = Underteckna avtalet
awaits-sign-jointly = De underskrifter som saknas

condition-suspensive = suspensivt villkor
condition-reservation = förbehåll
condition-declaration = förklaring
condition-state-accepted = har godtagits av de andra parterna
condition-state-declared = kräver inget avgörande
condition-state-failed = uppfylldes inte
condition-state-fulfilled = uppfyllt
condition-state-objected = en annan part har invänt
condition-state-open = inte avgjort

text-error-objected = invändning mot rättelsen har gjorts
text-error-open = tiden för invändningar löper
text-error-rectified = rättat från början
text-error-unopposed = ingen invände, rättelsen återstår

means-appeal = besvär
means-rectification-claim = begäran om omprövning

act-grade-confirmed = avskrivet av registratorn, bekräftat av parten
act-grade-own = partens egen anteckning
act-grade-transcribed = avskrivet av registratorn ur en offentlig källa

forum-joint = gemensamt för förtroendevalda och ledning
forum-management = de ledande tjänsteinnehavarnas
forum-other = annat
forum-political = de förtroendevaldas
forum-professional = de sakkunnigas
duration-permanent = bestående
duration-temporary = tidsbegränsat
better-higher = ett högre värde är bättre
better-lower = ett lägre värde är bättre
municipality-city = stad
municipality-municipality = kommun som inte är stad
