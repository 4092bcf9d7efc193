"""What the three peers share: arguments, the mapping tables, the names of the faults, and where files go.

Nothing here touches a row of the export: how rows are read, judged and written is each peer's own.
"""

import argparse
import csv
import datetime
import pathlib

HOLD = [
    "skolkod-range", "skolkod-looks-like-kommunkod", "personnummer-format", "personnummer-date",
    "personnummer-check-digit", "unknown-course-code", "kursdel-range", "kursdel-order", "poang-range", "niva-value",
    "start-date", "end-date", "registrering-value", "meddelandeorsak-value", "event-date", "betyg-value", "grade-date",
    "flag-value", "end-before-start", "course-over-a-year", "event-date-missing", "event-date-outside-course",
    "not-started-date", "not-started-but-started", "drop-out-not-registered", "absence-age", "x-only-gr",
    "fardighetstraning-only-gr", "ungraded-course-graded", "grade-without-date", "date-without-grade",
    "grade-before-start", "grade-in-future", "grade-not-started", "early-grade-end-date", "started-before-course",
]
"""Faults of a row that hold the student. The order is that in which every peer numbers them."""

WARN = ["poang-differs", "niva-differs", "retired-course-code", "betyg-scale", "implausible-age", "absence-code"]
"""What is said and sent."""

RULES = HOLD + WARN
HOLD_MASK = (1 << len(HOLD)) - 1

COLUMNS = [
    "Skola", "Personnummer", "Förnamn", "Efternamn", "Grupp", "Kurskod", "Kursnamn", "Del", "Poäng", "Nivå",
    "Startdatum", "Slutdatum", "Påbörjad", "Avbrott", "Avbrottsdatum", "Betyg", "Betygsdatum", "Omfattning",
    "Färdighetsträning", "Uppdragsutbildning", "Sekretess",
]

FINDING_HEADER = ["line", "rule", "level", "skolkod", "student", "kurskod"]


def arguments():
    """EXPORT OUT --mappings DIR --today DAY --threads N"""
    parser = argparse.ArgumentParser()
    parser.add_argument("export")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--mappings", type=pathlib.Path, required=True)
    parser.add_argument("--today", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def table(path):
    """A mapping table as dictionaries."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def words(mappings, slot):
    """The spellings of a field's values, in small letters, to the value; a blank value means nothing to report."""
    return {
        row["spelling"].lower(): row["value"]
        for row in table(mappings / "national" / "words.csv") if row["slot"] == slot
    }


def grades(mappings):
    """The spellings of grades, in small letters, to CSN's character."""
    return {
        row["spelling"].lower(): row["betyg"]
        for row in table(mappings / "national" / "grades.csv") if len(row["betyg"]) == 1
    }


def school_file(out, skolkod):
    """Where a school's file goes; its folder is made."""
    folder = out / str(skolkod)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{skolkod}.txt"
