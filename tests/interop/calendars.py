"""The calendars of what awaits each party, read by a library that shares no code with the ledger.

PyPI's icalendar parses strictly what every party of every agreement gets, in three languages. What it reads is held
against the JSON of the same party. Ends in "N passed, N failed".
"""

import json
import sys
import urllib.request
from collections import Counter
from datetime import date, datetime

from icalendar import Calendar

LANGUAGES = ("fi", "sv", "en")


def main(base):
    parties = all_parties(base)
    read = {
        (party, lang): Calendar.from_ical(fetch(f"{base}/api/v1/parties/{party}/calendar.ics?lang={lang}"))
        for party in parties
        for lang in LANGUAGES
    }
    checks = [
        ("icalendar reads the calendar of every party without an error", lambda: all_clean(read)),
        ("what it reads is what the JSON says awaits the party", lambda: all_told(base, parties, read)),
        ("every component has an identity of its own, the same in every language", lambda: all_identified(parties, read)),
        ("what has a day is a whole day, without a time", lambda: all_days(read)),
        ("stamps are when the ledger recorded something, never the clock", lambda: all_stamped(read)),
    ]
    failed = 0
    for name, check in checks:
        defect = attempt(check)
        print(f"{'ok    ' if defect is None else 'FAILED'} calendars: {name}" + (f": {defect}" if defect else ""))
        failed += defect is not None
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def attempt(check):
    try:
        return check()
    except Exception as error:  # a library that stumbles over our bytes is a failure like any other
        return repr(error)


# Each check answers None, or what is wrong.


def all_clean(read):
    for (party, lang), calendar in read.items():
        for component in calendar.walk():
            if component.errors:
                return f"{party} {lang}: {component.errors}"
        if str(calendar["VERSION"]) != "2.0" or not str(calendar["PRODID"]):
            return f"{party} {lang}: no head"


def all_told(base, parties, read):
    days = 0
    for party in parties:
        seats = json.loads(fetch(f"{base}/api/v1/parties/{party}"))["agreements"]
        told = Counter(one["due_on"] for seat in seats for one in seat["awaits"])
        shown = Counter(day(component) for component in things(read[party, "fi"]))
        # Whoever has no seat, and a part in an annex only, is awaited in the calendar alone.
        missing = told - shown
        if missing:
            return f"{party}: {dict(missing)} are not in the calendar"
        days += sum(count for due, count in told.items() if due)
    return None if days else "nobody is awaited by a day: nothing was compared"


def all_identified(parties, read):
    for party in parties:
        uids = [[str(component["UID"]) for component in things(read[party, lang])] for lang in LANGUAGES]
        if len(set(uids[0])) != len(uids[0]):
            return f"{party}: a UID twice"
        if not uids[0] == uids[1] == uids[2]:
            return f"{party}: other UIDs in another language"


def all_days(read):
    for key, calendar in read.items():
        for event in calendar.walk("VEVENT"):
            start = event["DTSTART"].dt
            if isinstance(start, datetime) or not isinstance(start, date):
                return f"{key}: {start!r}"


def all_stamped(read):
    for key, calendar in read.items():
        for component in things(calendar):
            if component["DTSTAMP"].dt > datetime.now().astimezone() or component["DTSTAMP"].dt.year < 2020:
                return f"{key}: {component['DTSTAMP'].dt}"


def things(calendar):
    return [component for component in calendar.walk() if component.name in ("VEVENT", "VTODO")]


def day(component):
    return component["DTSTART"].dt.isoformat() if component.name == "VEVENT" else None


def all_parties(base):
    listed = json.loads(fetch(f"{base}/api/v1/agreements"))["agreements"]
    states = [json.loads(fetch(f"{base}/api/v1/agreements/{one['agreement']}")) for one in listed]
    return sorted({row["party"] for state in states for row in state["parties"]})


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
