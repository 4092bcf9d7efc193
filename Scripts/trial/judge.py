"""Judges upload files against the truth, with readers and rules of its own."""
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from pathlib import Path

from . import truth
from .program import Failed

SPACE = "{urn:csnfil:komvux:1}"
# Fields that no row of the history has.
UNUSED = {"fardighetstraning", "omfattning", "uppdragsutbildning", "traineejobb"}


def masked(student):
    return student[:8] + "-****"


def read(path):
    """A file's school and, by student, the records as `Record.values` has them."""
    school, number, students = None, "", defaultdict(list)
    for _, element in ElementTree.iterparse(path, events=("end",)):
        name = element.tag.replace(SPACE, "")
        if name == "skolkod":
            school = int(element.text)
        elif name == "personnummer":
            number = element.text
        elif name == "kurs":
            f = {child.tag.replace(SPACE, ""): child.text or "" for child in element}
            if UNUSED & f.keys():
                raise Failed(f"{path.name}: {masked(number)} has {sorted(UNUSED & f.keys())}, which nobody wrote")
            events = tuple(sorted((e.findtext(SPACE + "handelsedatum", ""), e.findtext(SPACE + "meddelandeorsak", ""))
                                  for e in element.findall(SPACE + "handelse")))
            students[number].append((
                f["kurskod"], f["kursdel"], int(f["poang"]), f["niva"], f["startdatum"], f["slutdatum"],
                f["registrering"], events, f.get("betyg", ""), f.get("betygsdatum", "")))
        elif name == "studerande":
            element.clear()
    return school, students


class Judge:
    """Knows the units of a history."""

    def __init__(self, units):
        self.due = [u for u in units if u.chosen and not u.held]
        self.left_out = [u for u in units if not u.chosen or u.held]
        self.by_course = {}
        self.shared_by_school = defaultdict(list)
        for unit in self.due:
            self.shared_by_school[unit.school].append(unit)
            for record in unit.records:
                self.by_course[self.key(unit, record.values())] = unit

    @staticmethod
    def key(unit, values):
        """Which course it is, whatever is said of it."""
        return (unit.school, unit.student, values[0], values[1], values[4])

    def units_of(self, path):
        """The units that stand in a file, each of them whole and right, and nothing else."""
        school, students = read(path)
        found, wrong = {}, []
        for student, records in students.items():
            expected = {}
            for values in records:
                unit = self.by_course.get((school, student, values[0], values[1], values[4]))
                if unit is None:
                    wrong.append(f"{masked(student)} {values[0]} {values[4]} is not to be reported")
                    continue
                found[id(unit)] = unit
                expected[id(unit)] = unit
            meant = Counter(r.values() for u in expected.values() for r in u.records)
            there = Counter(v for v in records if (school, student, v[0], v[1], v[4]) in self.by_course)
            for values in meant - there:
                wrong.append(f"{masked(student)} must have {values}")
            for values in there - meant:
                wrong.append(f"{masked(student)} has {values}")
        if wrong:
            raise Failed(f"{path.name}: {len(wrong)} differences\n  " + "\n  ".join(wrong[:20]))
        return list(found.values())

    def fewest(self):
        """By school the fewest files."""
        return {school: truth.fewest(units) for school, units in self.shared_by_school.items()}


def check_span(path, units):
    first, last = min(u.first for u in units), max(u.last for u in units)
    if any(u.own for u in units):
        if len(units) > 1:
            raise Failed(f"{path.name}: a study period that needs a file of its own shares it")
    elif (last - first).days > truth.MOST_APART:
        raise Failed(f"{path.name}: from {first} to {last}, more than 365 days")


def check_order(files, judge, today):
    """The files of one school hold whole units, and lie in the order of their most urgent one on a day, if it is given."""
    before = None
    for path in files:
        units = judge.units_of(path)
        check_span(path, units)
        if today is None:
            continue
        urgency = min(truth.urgency(u.first, u.last, today) for u in units)
        if before is not None and urgency < before[0]:
            raise Failed(f"{path.name} {urgency} is more urgent on {today} than {before[1]} {before[0]} before it")
        before = (urgency, path.name)


def check_upload(scripts, paths):
    """Each file by the independent checker."""
    for start in range(0, len(paths), 200):
        checked = subprocess.run([sys.executable, str(Path(scripts) / "check-upload"), "--quiet",
                                  *map(str, paths[start:start + 200])], capture_output=True, text=True)
        if checked.returncode != 0:
            raise Failed("Scripts/check-upload refuses a file:\n" + (checked.stdout + checked.stderr)[-3000:])
