"""A school history that never was: students, their courses and what two systems say of them."""
import csv
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

DAY = timedelta(days=1)
GRADES = "AABBBCCCCDDDEEEEF"


@dataclass(slots=True)
class Row:
    """One row of an export: what stands in it, and the fault that was put there."""
    school: int
    student: str
    code: str
    part: int
    points: int
    level: str
    start: date
    end: date
    started: bool
    grade: str = ""
    graded: date | None = None
    event: int = 0
    happened: date | None = None
    examination: bool = False
    fault: str = ""


@dataclass(slots=True)
class Course:
    code: str
    points: int
    level: str
    first: date
    last: date


@dataclass(slots=True)
class History:
    """All of it: the rows of the old system's export and of the new one's."""
    schools: list
    protected: set
    old: list
    new: list
    first: date
    last: date


class Terms:
    """Half-years by number, the last being the one that goes on at `today`."""

    def __init__(self, today, years):
        self.count = 2 * years
        self.last = (today.year, today.month > 6)

    def start(self, number):
        """1 January or 1 July; 0 is the first term of the years, -1 the one before."""
        halves = self.last[0] * 2 + self.last[1] - (self.count - 1 - number)
        return date(halves // 2, 7 if halves % 2 else 1, 1)

    def day(self, number, after):
        return self.start(number) + after * DAY


def check_digit(nine):
    digits = [int(c) * (2 - i % 2) for i, c in enumerate(nine)]
    return str(-sum(d - 9 if d > 9 else d for d in digits) % 10)


def numbers(count, rng):
    """Different personnummer with the birth numbers 980–999, which nobody has; one in twenty a samordningsnummer."""
    taken = set()
    while len(taken) < count:
        born = date(1962, 1, 1) + rng.randrange(44 * 365) * DAY
        day = born.day + (60 if rng.random() < 0.05 else 0)
        nine = f"{born:%y%m}{day:02}{rng.randint(980, 999)}"
        taken.add(f"{born.year // 100}{nine}{check_digit(nine)}")
    students = sorted(taken)
    rng.shuffle(students)
    return students


def register(mappings):
    """Gradable courses of the national register whose points are known, in force on any day that is asked."""
    courses = []
    with open(Path(mappings) / "national" / "courses.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["gradable"] != "yes" or not row["points"] or row["level"] not in ("GR", "GY"):
                continue
            if row["system"] not in ("gy11", "gy25", "grvux") or len(row["code"]) > 10:
                continue
            # A delkurs (GRNMATA) is reported as 1:1 whatever the school says; it would only need more telling here.
            if row["system"] == "grvux" and not row["code"].endswith("2"):
                continue
            courses.append(Course(
                row["code"], int(row["points"]), row["level"],
                date.fromisoformat(row["valid_from"] or ("2025-07-01" if row["system"] == "gy25" else "2011-07-01")),
                date.fromisoformat(row["valid_to"] or "2099-12-31")))
    return courses


class Maker:
    """Makes students one by one; the same seed makes the same history."""

    def __init__(self, today, years, schools, courses, seed):
        self.rng = random.Random(seed)
        self.today, self.schools, self.courses = today, schools, courses
        self.terms = Terms(today, years)
        # The systems are changed in the middle: the term before the middle stands in both.
        self.shared = self.terms.count // 2 - 1
        self.switch = self.terms.day(self.shared, 95)
        self.old, self.new, self.protected = [], [], set()

    def make(self, students):
        for student in numbers(students, self.rng):
            self.student(student)
        self.oddities()
        self.rng.shuffle(self.old)
        self.rng.shuffle(self.new)
        terms = self.terms
        return History(self.schools, self.protected, self.old, self.new, terms.start(0), terms.start(terms.count) - DAY)

    def student(self, student):
        rng, terms = self.rng, self.terms
        if rng.random() < 0.01:
            self.protected.add(student)
        schools = rng.sample(self.schools, 2 if len(self.schools) > 1 and rng.random() < 0.06 else 1)
        begun = rng.randint(-1, terms.count - 1)
        read = rng.choices([1, 2, 3, 4, 6], [30, 35, 18, 12, 5])[0]
        has_fault = rng.random() < 0.012
        taken, rows = set(), []
        for school in schools:
            own = []
            for term in range(begun, min(begun + read, terms.count)):
                if rng.random() < 0.9:
                    own += self.term(student, school, term, taken)
            # Admitted to the term to come: no grade, not started.
            if begun + read > terms.count and rng.random() < 0.7:
                own.append(self.course(student, school, terms.count, 7, 150, taken, started=False))
            rows += own
        if has_fault and rows:
            index = rng.randrange(len(rows))
            rows[index] = replace(rows[index], fault=rng.choice(FAULTS))
        for row in rows:
            self.enter(row)

    def course(self, student, school, term, after, length, taken, started=True):
        start = self.terms.day(term, after)
        while True:
            course = self.rng.choice(self.courses)
            if course.code not in taken and course.first <= start and start + length * DAY <= course.last:
                taken.add(course.code)
                return Row(school, student, course.code, 11, course.points, course.level, start,
                           start + length * DAY, started)

    def term(self, student, school, term, taken):
        rng = self.rng
        rows = []
        autumn = self.terms.start(term).month == 7
        opens = (40 if autumn else 5) + rng.randint(0, 12)
        whole_length = (175 if autumn else 182) - opens - rng.randint(0, 12)
        for _ in range(rng.choices([1, 2, 3, 4], [25, 35, 28, 12])[0]):
            kind = rng.random()
            if kind < 0.72:
                row = self.course(student, school, term, opens, whole_length, taken)
            elif kind < 0.86:
                late = rng.randint(0, 60)
                row = self.course(student, school, term, opens + late, max(30, whole_length - late - 40), taken)
            elif kind < 0.94:
                # Over the border of the half-year: ties two terms into one study period.
                row = self.course(student, school, term, opens + 50, rng.randint(100, 190), taken)
            else:
                rows += self.examination(student, school, term, taken)
                continue
            rows += self.graded(row)
        if rng.random() < 0.04:
            rows = self.never_came(rows)
        return [r for r in rows if r.start <= self.today or not r.grade]

    def examination(self, student, school, term, taken):
        """A prövning: entered some days before the grade, passed or not."""
        rng = self.rng
        graded = self.terms.day(term, rng.randint(8, 181))
        if graded > self.today - DAY:
            return []
        row = self.course(student, school, term, 0, 1, taken, started=False)
        entered = graded - rng.choice([0, 0, 3, 10, 25]) * DAY
        return [replace(row, start=entered, end=rng.choice([entered, graded]), grade=rng.choice("ABCDEEEFF"),
                        graded=graded, examination=True)]

    def graded(self, row):
        """What came of a course: a grade, early or late or in its time, a drop-out, nothing yet."""
        rng = self.rng
        if row.points == 100 and row.level == "GY" and rng.random() < 0.03:
            return self.parts(row)
        if row.start > self.today:
            return [replace(row, started=False)]
        fate = rng.random()
        if fate < 0.10:
            happened = row.start + rng.randint(3, max(4, (row.end - row.start).days - 2)) * DAY
            if happened <= self.today:
                row = replace(row, event=99, happened=happened)
            return [row]
        if fate < 0.14:
            return [replace(row, started=False, event=99, happened=row.start)]
        if fate < 0.20:
            return [row]
        graded = row.end + rng.choice([0, 0, 0, 1, 3, 10, 21, 45]) * DAY
        if fate > 0.85:
            graded = row.end - rng.randint(1, min(60, (row.end - row.start).days)) * DAY
        if graded >= self.today:
            return [row]
        row = replace(row, grade=rng.choice(GRADES), graded=graded)
        again = graded + rng.choice([14, 30, 60]) * DAY
        if rng.random() < 0.03 and again < self.today:
            # A corrected or raised grade: the system exports both.
            return [row, replace(row, grade=rng.choice("ABCDE"), graded=again)]
        return [row]

    def parts(self, row):
        middle = row.start + (row.end - row.start) // 2
        first = replace(row, part=12, points=50, end=middle)
        second = replace(row, part=22, points=50, start=middle + DAY)
        return self.graded(first) + (self.graded(second) if second.start <= self.today else [])

    def never_came(self, rows):
        """81 on every course of the term; as people do, also where the student reads on in another one."""
        return [replace(r, started=False, grade="", graded=None, event=81, happened=r.start)
                for r in rows if not r.examination and r.part == 11]

    def enter(self, row):
        """Into the systems that have the row: the old one up to the change, the new one from the shared term on."""
        terms, rng = self.terms, self.rng
        in_new = row.start >= terms.start(self.shared)
        known = row.graded if row.examination else row.start
        in_old = known < self.switch and row.student not in self.protected
        if not in_new:
            return self.old.append(row) if in_old else None
        new = row
        if new.examination:
            # The new system has no mark for it, so the school writes it as the handbook says; a failed one not at all.
            if new.grade != "F":
                self.new.append(replace(new, start=new.graded, end=new.graded, started=True, examination=False))
        else:
            self.new.append(new)
        if in_old:
            self.old.append(self.before_the_change(replace(row, fault=""), rng))

    def before_the_change(self, row, rng):
        """The row as the old system had it on the last day of its life, sometimes with an error that was mended since."""
        if row.graded and row.graded >= self.switch and not row.examination:
            row = replace(row, grade="", graded=None)
        if row.happened and row.happened >= self.switch:
            row = replace(row, event=0, happened=None)
        conflict = rng.random()
        if row.examination or conflict >= 0.02:
            return row
        if conflict < 0.005:
            return replace(row, points=row.points + 50)
        if conflict < 0.010:
            return replace(row, end=row.end + 7 * DAY)
        if conflict < 0.015 and row.event == 0 and not row.grade:
            return replace(row, started=not row.started)
        if row.grade and row.graded < self.switch:
            return replace(row, grade="A" if row.grade != "A" else "B")
        return row

    def oddities(self):
        """Study periods that cannot share a file, however few students there are: in every trial the same ones."""
        rng, terms = self.rng, self.terms
        for number, (length, late) in enumerate([(300, 90), (340, 60), (365, 0), (364, 0), (364, 1)]):
            student = "20060101" + f"{980 + number}"
            student += check_digit(student[2:])
            row = self.course(student, self.schools[0], 2 * (number % 2), 20, length, set())
            graded = row.end + late * DAY
            if graded < self.today:
                self.enter(replace(row, grade="C", graded=graded))
        # Three years without a break: one study period by overlap, longer than a file.
        student = "20060102980" + check_digit("060102980")
        taken = set()
        for term in range(0, terms.count - 1):
            row = self.course(student, self.schools[0], term, 30, 170, taken)
            if row.end < self.today:
                self.enter(replace(row, grade=rng.choice("ABC"), graded=row.end))


# What is wrong in a row; the first five hold its study period, the next two all of the student's, the last stands alone.
FAULTS = ["code", "grade", "part", "undated", "event", "start", "cells", "number"]
