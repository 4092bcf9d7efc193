"""The reference job as a school's own script does it: Python's csv module, one row after the other."""

import csv
import datetime
import sys

import reference

PASSED = set("ABCDEGVM")
LETTERS = set("ABCDEF")


def read_date(text):
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


class Job:
    def __init__(self, mappings, today):
        self.today = today
        self.courses = {
            row["code"]: (
                int(row["points"]) if row["points"] else None, row["level"], row["gradable"] == "yes",
                row["valid_from"], row["valid_to"])
            for row in reference.table(mappings / "national" / "courses.csv")
        }
        self.kommunkoder = {row["code"] for row in reference.table(mappings / "national" / "kommunkoder.csv")}
        self.grades = reference.grades(mappings)
        self.words = {
            slot: reference.words(mappings, slot)
            for slot in ["registrering", "meddelandeorsak", "niva", "omfattning", "fardighetstraning",
                         "uppdragsutbildning"]
        }
        self.new_scale = datetime.date(2025, 7, 1)

    def personnummer(self, text, faults):
        digits = text.replace("-", "").replace(" ", "")
        if not digits.isdecimal() or len(digits) not in (10, 12):
            faults.append("personnummer-format")
            return None, None
        day = int(digits[-6:-4])
        day = day - 60 if day > 60 else day
        if len(digits) == 10:
            short = digits[0:4] + f"{day:02}"
            digits = ("19" if short > self.today.strftime("%y%m%d") else "20") + digits
        try:
            born = datetime.date(int(digits[0:4]), int(digits[4:6]), day)
        except ValueError:
            faults.append("personnummer-date")
            return digits, None
        total = 0
        for place, digit in enumerate(digits[2:]):
            product = int(digit) * (2 - place % 2)
            total += product - 9 if product > 9 else product
        if total % 10:
            faults.append("personnummer-check-digit")
        return digits, born

    def word(self, slot, text, faults, fault):
        if text == "":
            return ""
        value = self.words[slot].get(text.lower())
        if value is None:
            faults.append(fault)
            return ""
        return value

    def date(self, text, faults, fault, needed):
        if text == "" and not needed:
            return None
        day = read_date(text)
        if day is None:
            faults.append(fault)
        return day

    def judge(self, row):
        """The faults of a row, its student and school, and its record as the fields of the line."""
        faults = []
        skolkod = row["Skola"]
        if len(skolkod) != 4 or not skolkod.isdecimal() or skolkod[0] != "1":
            faults.append("skolkod-range")
        elif skolkod in self.kommunkoder:
            faults.append("skolkod-looks-like-kommunkod")
        student, born = self.personnummer(row["Personnummer"], faults)
        kurskod = row["Kurskod"]
        course = self.courses.get(kurskod)
        if course is None:
            faults.append("unknown-course-code")
        kursdel = row["Del"].replace(":", "")
        if len(kursdel) != 2 or not kursdel.isdecimal() or "0" in kursdel:
            faults.append("kursdel-range")
        elif kursdel[1] < kursdel[0]:
            faults.append("kursdel-order")
        poang = row["Poäng"]
        if not poang.isdecimal() or len(poang) > 3:
            faults.append("poang-range")
        niva = self.word("niva", row["Nivå"], faults, "niva-value")
        if row["Nivå"] == "":
            faults.append("niva-value")
        start = self.date(row["Startdatum"], faults, "start-date", True)
        end = self.date(row["Slutdatum"], faults, "end-date", True)
        started = self.word("registrering", row["Påbörjad"], faults, "registrering-value") or "N"
        event = self.word("meddelandeorsak", row["Avbrott"], faults, "meddelandeorsak-value")
        event_day = self.date(row["Avbrottsdatum"], faults, "event-date", False)
        grade = ""
        if row["Betyg"]:
            grade = self.grades.get(row["Betyg"].lower(), "")
            if grade == "":
                faults.append("betyg-value")
        grade_day = self.date(row["Betygsdatum"], faults, "grade-date", False)
        flags = {
            slot: self.word(slot, row[column] or "", faults, "flag-value")
            for slot, column in [("omfattning", "Omfattning"), ("fardighetstraning", "Färdighetsträning"),
                                 ("uppdragsutbildning", "Uppdragsutbildning")]
        }
        scope, skills, contract = ("" if value == "N" else value for value in flags.values())

        if start and end:
            if end < start:
                faults.append("end-before-start")
            if (end - start).days > 365:
                faults.append("course-over-a-year")
        if (row["Avbrott"] == "") != (row["Avbrottsdatum"] == ""):
            faults.append("event-date-missing")
        if event and event_day and start:
            if event in ("81", "99") and end and not start <= event_day <= end:
                faults.append("event-date-outside-course")
            if event == "81" and event_day != start:
                faults.append("not-started-date")
            if event == "99" and started == "N" and event_day > start:
                faults.append("drop-out-not-registered")
        if event == "81" and (started == "J" or grade):
            faults.append("not-started-but-started")
        if event in ("31", "32"):
            faults.append("absence-code")
            if born and event_day and event_day > datetime.date(born.year + 20, 6, 30):
                faults.append("absence-age")
        if grade == "X" and niva != "GR":
            faults.append("x-only-gr")
        if skills == "J" and niva != "GR":
            faults.append("fardighetstraning-only-gr")
        if grade and course and not course[2]:
            faults.append("ungraded-course-graded")
        if row["Betyg"] and not row["Betygsdatum"]:
            faults.append("grade-without-date")
        if row["Betygsdatum"] and not row["Betyg"]:
            faults.append("date-without-grade")
        if grade and grade_day:
            if start and grade_day < start:
                faults.append("grade-before-start")
            elif start and end and grade_day < end:
                faults.append("early-grade-end-date")
            if grade_day > self.today:
                faults.append("grade-in-future")
        if grade in PASSED and started == "N":
            faults.append("grade-not-started")
        if started == "J" and start and start > self.today:
            faults.append("started-before-course")

        if course:
            if kursdel == "11" and poang.isdecimal() and course[0] is not None and int(poang) != course[0]:
                faults.append("poang-differs")
            if niva and niva != course[1]:
                faults.append("niva-differs")
            if start and (course[3] > row["Startdatum"] or "" < course[4] < row["Startdatum"]):
                faults.append("retired-course-code")
        if grade in LETTERS and niva == "GR" and start and start >= self.new_scale:
            faults.append("betyg-scale")
        if grade in set("GIVM") and not (niva == "GR" and start and start >= self.new_scale):
            faults.append("betyg-scale")
        if born and start:
            age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
            if not 15 <= age <= 100:
                faults.append("implausible-age")
        fields = (
            skolkod, student or "", kurskod, kursdel, skills, scope, poang, niva, row["Startdatum"].replace("-", ""),
            row["Slutdatum"].replace("-", ""), contract, started, event, row["Avbrottsdatum"].replace("-", ""), grade,
            row["Betygsdatum"].replace("-", ""))
        return faults, fields


def line(fields):
    (skolkod, student, kurskod, kursdel, skills, scope, poang, niva, start, end, contract, started, event, event_day,
     grade, grade_day) = fields
    return (
        f"{skolkod}{student}{kurskod:10}{kursdel}{skills:1}{scope:1}{poang:>03}{niva:2}{start}{end}{contract:1} "
        f"{started}{event:2}{event_day:8}{grade:1}{grade_day:8}\r\n")


def main():
    args = reference.arguments()
    job = Job(args.mappings, args.today)
    args.out.mkdir(parents=True, exist_ok=True)
    levels = {rule: "error" for rule in reference.HOLD} | {rule: "warning" for rule in reference.WARN}
    held = set()
    schools = {}
    first = {}
    with open(args.export, encoding="utf-8", errors="replace", newline="") as file, \
            open(args.out / "findings.csv", "w", encoding="utf-8", newline="") as found:
        findings = csv.writer(found)
        findings.writerow(reference.FINDING_HEADER)
        reader = csv.DictReader(file, delimiter=";", restval="")
        for number, row in enumerate(reader, start=2):
            faults, fields = job.judge(row)
            student = fields[1]
            key = (fields[0], student, fields[2], fields[3], fields[8])
            # The whole record but its event.
            content = fields[4:8] + fields[9:12] + fields[14:]
            before = first.setdefault(key, [content, set()])
            if before[0] != content:
                faults.append("conflicting-records")
            elif fields[12:14] in before[1]:
                faults.append("duplicate-record")
            before[1].add(fields[12:14])
            for fault in faults:
                masked = f"{student[:8]}-****" if student else ""
                findings.writerow([number, fault, levels.get(fault, "error"), fields[0], masked, fields[2]])
            if any(levels.get(fault) == "error" for fault in faults) or "conflicting-records" in faults:
                held.add(student)
            elif "duplicate-record" not in faults:
                schools.setdefault(fields[0], []).append(fields)
    sent = 0
    for skolkod, rows in schools.items():
        rows = [fields for fields in rows if fields[1] not in held]
        rows.sort(key=lambda fields: (fields[1], fields[8], fields[2], fields[3], fields[13], fields[12]))
        if rows:
            with open(reference.school_file(args.out, skolkod), "w", encoding="iso-8859-1", newline="") as file:
                file.writelines(map(line, rows))
        sent += len(rows)
    print(f"{sent} sent", file=sys.stderr)


if __name__ == "__main__":
    main()
