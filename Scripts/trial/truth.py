"""What must come of a history, by docs/upload-file.md, docs/architecture.md (Units) and docs/rules.md, and how few files
there can be. Shares nothing with csnfil."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

MOST_APART = 364  # 365 days with both ends
PASSED = set("ABCDE")
ENDING = set("ABCDEF")


@dataclass(slots=True)
class Unit:
    """One student's study period at one school, or a part of one that is longer than a file."""
    school: int
    student: str
    records: list
    first: date
    last: date
    own: bool = False
    chosen: bool = False
    held: str = ""


class Record:
    """A course as it is to stand in the file."""
    __slots__ = ("code", "part", "points", "level", "start", "end", "planned", "started", "grade", "graded", "events",
                 "hold")

    def __init__(self, row, today):
        self.code, self.part, self.points, self.level = row.code, row.part, row.points, row.level
        self.start, self.end, self.planned, self.started = row.start, row.end, row.end, row.started
        self.grade, self.graded = row.grade, row.graded
        self.events = {(row.happened, row.event)} if row.event else set()
        self.hold = row.fault if row.fault in ("code", "grade", "part", "undated", "event") else ""
        if self.started and self.start > today:
            self.started = False
        if row.examination:
            self.start = self.end = self.planned = row.graded
            self.started = True
        elif (self.grade in ENDING and not self.hold and self.graded < self.end and self.part % 11 == 0
              and all(happened <= self.graded for happened, _ in self.events)):
            self.end = self.graded

    def content(self):
        return (self.points, self.level, self.end, self.started, self.grade, self.graded)

    def but_grade(self):
        return (self.points, self.level, self.planned, self.started, frozenset(self.events))

    def dates(self):
        return [d for d in [self.start, self.end, self.graded] if d] + [d for d, _ in self.events]

    def values(self):
        """As the file has it."""
        return (self.code, str(self.part), self.points, self.level, self.start.isoformat(), self.end.isoformat(),
                "J" if self.started else "N", tuple(sorted((d.isoformat(), str(e)) for d, e in self.events)),
                self.grade, self.graded.isoformat() if self.graded else "")


def one_of_each(records):
    """The same course once: copies, events that came in rows of their own, corrected grades, conflicts."""
    courses = defaultdict(list)
    for record in records:
        courses[record.code, record.part, record.start].append(record)
    result = []
    for same in courses.values():
        # docs/two-systems.md: who has passed has begun, also where one of the two systems has a blank.
        if any(r.started for r in same) and any(r.grade in PASSED for r in same):
            for record in same:
                record.started = True
        # There too: whoever has the grade that counts may have moved the last day to it already.
        newest = max((r.graded for r in same if r.graded), default=None)
        for record in same:
            if record.grade in ENDING and record.graded == record.planned == newest:
                for other in same:
                    if not other.grade and other.planned > record.graded:
                        other.planned = other.end = record.planned
        different = {}
        for record in same:
            known = different.setdefault(record.content(), record)
            known.events |= record.events
            known.hold = known.hold or record.hold
        left = list(different.values())
        if len(left) > 1 and len({r.but_grade() for r in left}) == 1:
            last = max(r.graded or date.min for r in left)
            latest = [r for r in left if (r.graded or date.min) == last]
            if any(r.hold for r in left):
                latest[0].hold = "fault"
            if len(latest) > 1:
                latest[0].hold = "corrected"
            left = latest[:1]
        elif len(left) > 1:
            for record in left:
                record.hold = record.hold or "conflict"
        result += left
    return result


def periods(records):
    """Start in the same calendar half-year, or dates that overlap, and so on from record to record."""
    records = sorted(records, key=lambda r: r.start)
    groups, last = [], None
    for record in records:
        if groups and ((record.start.year, record.start.month > 6)
                       == (groups[-1][-1].start.year, groups[-1][-1].start.month > 6) or record.start <= last):
            groups[-1].append(record)
            last = max(last, record.end)
        else:
            groups.append([record])
            last = record.end
    return groups


def not_started(records):
    """81 is for who started nothing; a single course takes 99 on its first day."""
    def kinds(r):
        return {kind for day, kind in r.events if day == r.start and kind in (81, 99)}

    if all(not r.started and kinds(r) for r in records):
        for r in records:
            r.events = {(d, 81 if d == r.start and k == 99 else k) for d, k in r.events}
    elif not all(kinds(r) and not r.started for r in records):
        for r in records:
            r.events = {(d, 99 if k == 81 else k) for d, k in r.events}


def span(records):
    dates = [d for r in records for d in r.dates()]
    return min(dates), max(dates)


def needs_own_file(records):
    """Longer than a file only because of a date after the course, or of a course that ends 365 days after its start."""
    first, last = span(records)
    if (last - first).days <= MOST_APART:
        return False
    courses = (max(r.end for r in records) - min(r.start for r in records)).days
    if courses == MOST_APART + 1 and any((r.end - r.start).days == MOST_APART + 1 for r in records):
        return True
    return courses <= MOST_APART and any(
        (r.end - r.start).days <= MOST_APART and (max(r.dates()) - min(r.dates())).days > MOST_APART for r in records)


def divided(records):
    first, last = span(records)
    if (last - first).days <= MOST_APART or needs_own_file(records):
        return [records]
    halves = defaultdict(list)
    for r in records:
        halves[r.start.year, r.start.month > 6].append(r)
    parts = []
    for half in halves.values():
        first, last = span(half)
        parts += [half] if (last - first).days <= MOST_APART else [[r] for r in half]
    return parts


def units(rows, today, chooses):
    """All units of a history.

    chooses: whether a unit of these records is what the run is about.
    """
    students = defaultdict(list)
    for row in rows:
        # A number that is wrong is nobody's: its row is held by itself.
        if row.fault != "number":
            students[row.school, row.student].append(row)
    result = []
    for (school, student), own in students.items():
        everywhere = next((r.fault for r in own if r.fault in ("start", "cells")), "")
        records = [Record(r, today) for r in own
                   if r.fault not in ("start", "cells") and not (r.examination and r.grade not in PASSED)]
        for group in periods(one_of_each(records)):
            not_started(group)
            held = everywhere or next((r.hold for r in group if r.hold), "")
            chosen = chooses(group)
            for part in [group] if held else divided(group):
                first, last = span(part)
                result.append(Unit(school, student, part, first, last, needs_own_file(part), chosen, held))
    return result


def fewest(units):
    """The fewest files: a file for each unit that needs its own, and the fewest days such that a window of 365 days
    which begins on one of them holds each of the others. A unit from first to last asks for a beginning from
    last - 364 to first; taking the smallest `first` that is not served yet serves all that can share."""
    alone = sum(u.own for u in units)
    asks = sorted(((u.first, u.last - timedelta(days=MOST_APART)) for u in units if not u.own))
    days = 0
    open_on = None
    for first, earliest in asks:
        if open_on is None or earliest > open_on:
            open_on = first
            days += 1
    return alone + days


def fewest_by_force(units):
    """The same by trying every way to put the units into files."""
    best = len(units)
    files = []

    def place(index):
        nonlocal best
        if len(files) >= best:
            return
        if index == len(units):
            best = len(files)
            return
        unit = units[index]
        for file in files:
            if unit.own or file[2]:
                continue
            before = file[:]
            file[0], file[1] = min(file[0], unit.first), max(file[1], unit.last)
            if (file[1] - file[0]).days <= MOST_APART:
                place(index + 1)
            file[:] = before
        files.append([unit.first, unit.last, unit.own])
        place(index + 1)
        files.pop()

    # One more than the worst plan, so that the worst is found too.
    best = len(units) + 1
    place(0)
    return best


def urgency(first, last, today):
    """Holding today, then coming, then past, the newest first; less is sooner."""
    if first <= today <= last:
        return (0, 0)
    if first > today:
        return (1, (first - today).days)
    return (2, (today - last).days)


def easter(year):
    """Meeus, Jones, Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_reading_day(day):
    """CSN reads on weekdays but Swedish public holidays and the eves of Midsummer, Christmas and the new year."""
    if day.weekday() >= 5:
        return False
    if (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}:
        return False
    moving = easter(day.year)
    if day in {moving + timedelta(days=n) for n in (-2, 1, 39)}:
        return False
    # Midsummer Eve is the Friday between 19 and 25 June.
    return not (day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4)


def reading_days(first, count):
    days = []
    while len(days) < count:
        if is_reading_day(first):
            days.append(first)
        first += timedelta(days=1)
    return days
