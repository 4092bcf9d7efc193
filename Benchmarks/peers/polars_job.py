"""The reference job with polars: one frame of expressions from the export to the lines, then a file a school."""

import os
import sys

import reference

ARGS = reference.arguments()
os.environ["POLARS_MAX_THREADS"] = str(ARGS.threads)

import polars as pl  # noqa: E402 (the number of threads is read when it is imported)

COL = pl.col


def number(text):
    return text.cast(pl.Int64, strict=False)


def without_60(days):
    return pl.when(days % 100 > 60).then(days - 60).otherwise(days)


def date_of(text):
    return text.str.to_date("%Y-%m-%d", strict=False)


def twelve_digits(today):
    """The number with its century; 60 on top of the day is a samordningsnummer."""
    digits = COL("Personnummer").str.replace("-", "", literal=True)
    short = number(digits)
    century = (
        pl.when(without_60(short // 10_000) > int(today.strftime("%y%m%d")))
        .then(190_000_000_000).otherwise(200_000_000_000))
    length = digits.str.len_bytes()
    return pl.when(length == 12).then(short).when(length == 10).then(short + century).cast(pl.Int64)


def luhn(pnr):
    total = pl.lit(0, dtype=pl.Int64)
    for place in range(10):
        digit = pnr // 10**place % 10
        total = total + (2 * digit - 9 * (digit > 4).cast(pl.Int64) if place % 2 else digit)
    return total


def words(slot, column):
    """A value by its spelling; null where there is none."""
    table = reference.words(ARGS.mappings, slot)
    return mapped(table, column)


def mapped(table, column):
    return COL(column).str.to_lowercase().replace_strict(
        list(table.keys()), list(table.values()), default=None, return_dtype=pl.String)


def typed():
    pnr = COL("pnr")
    birthday = without_60(pnr // 10_000)
    return [
        pnr,
        # Zeros before are lost in a year before 1000, which is none anyway.
        birthday.cast(pl.String).str.to_date("%Y%m%d", strict=False).alias("born"),
        luhn(pnr).alias("luhn"),
        COL("Skola").cast(pl.Int16, strict=False).alias("school"),
        COL("Del").str.replace(":", "", literal=True).cast(pl.Int16, strict=False).alias("part"),
        COL("Poäng").cast(pl.Int16, strict=False).alias("points"),
        date_of(COL("Startdatum")).alias("start"), date_of(COL("Slutdatum")).alias("end"),
        date_of(COL("Avbrottsdatum")).alias("event_day"), date_of(COL("Betygsdatum")).alias("grade_day"),
        words("niva", "Nivå").alias("level"),
        pl.when(COL("Påbörjad").is_null()).then(pl.lit("N")).otherwise(words("registrering", "Påbörjad"))
        .alias("started"),
        words("meddelandeorsak", "Avbrott").alias("event"),
        mapped(reference.grades(ARGS.mappings), "Betyg").alias("grade"),
        words("omfattning", "Omfattning").alias("scope"),
        words("fardighetstraning", "Färdighetsträning").alias("skills"),
        words("uppdragsutbildning", "Uppdragsutbildning").alias("contract"),
    ]


def conditions(kommuner):
    """What breaks each rule; null means no."""
    start, end, event, event_day = COL("start"), COL("end"), COL("event"), COL("event_day")
    grade, grade_day, started, level = COL("grade"), COL("grade_day"), COL("started"), COL("level")
    part, points, born, today = COL("part"), COL("points"), COL("born"), pl.lit(ARGS.today)
    new_scale = (level == "GR") & (start >= pl.date(2025, 7, 1))
    letters, older = grade.is_in(list("ABCDEF")), grade.is_in(list("GIVM"))
    absence = event.is_in(["31", "32"])

    def unread(text, value):
        return COL(text).is_not_null() & COL(value).is_null()

    monthday = 100 * start.dt.month().cast(pl.Int16) + start.dt.day()
    birthday = 100 * born.dt.month().cast(pl.Int16) + born.dt.day()
    age = start.dt.year() - born.dt.year() - (monthday < birthday).cast(pl.Int32)
    return {
        "skolkod-range": COL("school").is_null() | ~COL("school").is_between(1000, 1999),
        "skolkod-looks-like-kommunkod": COL("school").is_in(kommuner),
        "personnummer-format": COL("pnr").is_null(),
        "personnummer-date": COL("pnr").is_not_null() & born.is_null(),
        "personnummer-check-digit": COL("luhn") % 10 != 0,
        "unknown-course-code": COL("course_level").is_null(),
        "kursdel-range": part.is_null() | ~part.is_between(11, 99) | (part % 10 == 0),
        "kursdel-order": (part % 10 != 0) & (part % 10 < part // 10),
        "poang-range": points.is_null() | ~points.is_between(0, 999),
        "niva-value": level.is_null(),
        "start-date": start.is_null(),
        "end-date": end.is_null(),
        "registrering-value": started.is_null(),
        "meddelandeorsak-value": unread("Avbrott", "event"),
        "event-date": unread("Avbrottsdatum", "event_day"),
        "betyg-value": unread("Betyg", "grade"),
        "grade-date": unread("Betygsdatum", "grade_day"),
        "flag-value": unread("Omfattning", "scope") | unread("Färdighetsträning", "skills")
        | unread("Uppdragsutbildning", "contract"),
        "end-before-start": end < start,
        "course-over-a-year": end - start > pl.duration(days=365),
        "event-date-missing": COL("Avbrott").is_null() != COL("Avbrottsdatum").is_null(),
        "event-date-outside-course": event.is_in(["81", "99"]) & ~event_day.is_between(start, end),
        "not-started-date": (event == "81") & (event_day != start),
        "not-started-but-started": (event == "81") & ((started == "J") | grade.is_not_null()),
        "drop-out-not-registered": (event == "99") & (started == "N") & (event_day > start),
        "absence-age": absence & (event_day > pl.date(born.dt.year() + 20, 6, 30)),
        "x-only-gr": (grade == "X") & (level != "GR"),
        "fardighetstraning-only-gr": (COL("skills") == "J") & (level != "GR"),
        "ungraded-course-graded": grade.is_not_null() & ~COL("gradable"),
        "grade-without-date": COL("Betyg").is_not_null() & COL("Betygsdatum").is_null(),
        "date-without-grade": COL("Betyg").is_null() & COL("Betygsdatum").is_not_null(),
        "grade-before-start": grade.is_not_null() & (grade_day < start),
        "grade-in-future": grade.is_not_null() & (grade_day > today),
        "grade-not-started": (started == "N") & grade.is_in(list("ABCDEGVM")),
        "early-grade-end-date": grade.is_not_null() & (grade_day >= start) & (grade_day < end),
        "started-before-course": (started == "J") & (start > today),
        "poang-differs": (part == 11) & (points != COL("course_points")),
        "niva-differs": level != COL("course_level"),
        "retired-course-code": ~start.is_between(COL("valid_from"), COL("valid_to")),
        "betyg-scale": pl.when(new_scale).then(letters).otherwise(older),
        "implausible-age": ~age.is_between(15, 100),
        "absence-code": absence,
    }


def judge():
    """Each row with its values and, as bits, its faults."""
    national = ARGS.mappings / "national"
    courses = pl.read_csv(national / "courses.csv", separator=";", infer_schema=False).select(
        COL("code").alias("Kurskod"), COL("points").cast(pl.Int16).alias("course_points"),
        COL("level").alias("course_level"), (COL("gradable") == "yes").alias("gradable"),
        date_of(COL("valid_from")).fill_null(pl.date(1, 1, 1)),
        date_of(COL("valid_to")).fill_null(pl.date(9999, 12, 31)))
    kommuner = [int(row["code"]) for row in reference.table(national / "kommunkoder.csv")]
    wanted = [name for name in reference.COLUMNS if name not in
              ("Förnamn", "Efternamn", "Grupp", "Kursnamn", "Sekretess")]
    rows = (
        pl.scan_csv(
            ARGS.export, separator=";", schema={name: pl.String for name in reference.COLUMNS},
            truncate_ragged_lines=True, row_index_name="line", row_index_offset=2)
        .select("line", *wanted)
        .with_columns(twelve_digits(ARGS.today).alias("pnr"))
        .with_columns(*typed())
        .join(courses.lazy(), on="Kurskod", how="left"))
    bits = pl.sum_horizontal(
        broken.fill_null(False).cast(pl.Int64) * (1 << reference.RULES.index(rule))
        for rule, broken in conditions(kommuner).items())
    no = {"N": None}
    return rows.select(
        "line", "school", "pnr", COL("Kurskod").alias("code"), "part", "points", "level", "start", "end", "started",
        "event", "event_day", "grade", "grade_day", "scope", COL("skills").replace(no), COL("contract").replace(no),
        bits.alias("faults")).collect()


def find_copies(judged):
    """Rows of one course: one record when only events differ, copies when nothing does, else conflicts."""
    key = ["school", "pnr", "code", "part", "start"]
    repeated = judged.filter(COL("pnr").is_not_null()).filter(pl.struct(key).is_duplicated())
    content = pl.struct("points", "level", "end", "started", "grade", "grade_day", "scope", "skills", "contract")
    return repeated.select(
        "line", "pnr",
        pl.when(content.n_unique().over(key) > 1).then(pl.lit("conflicting-records"))
        .when(COL("line").rank("ordinal").over([*key, "event", "event_day"]) > 1).then(pl.lit("duplicate-record"))
        .alias("rule")).filter(COL("rule").is_not_null())


def write_findings(judged, copies):
    said = ["line", "rule", "level", "skolkod", "student", "kurskod"]
    faulty = judged.filter(COL("faults") != 0).select("line", "school", "pnr", "code", "faults")
    found = [
        faulty.filter(COL("faults") & (1 << number) != 0).with_columns(
            rule=pl.lit(rule), level=pl.lit("error" if number < len(reference.HOLD) else "warning"))
        for number, rule in enumerate(reference.RULES)
    ]
    found.append(
        copies.join(judged, on="line").select(
            "line", "school", "pnr", "code", "faults", "rule", level=pl.lit("error")))
    pl.concat(found, how="diagonal").sort("line").with_columns(
        skolkod=COL("school"), kurskod=COL("code"), student=COL("pnr").cast(pl.String).str.slice(0, 8) + "-****",
    ).select(said).write_csv(ARGS.out / "findings.csv")


def write_files(judged, copies):
    """The lines of each school in order, one string a school."""
    held = pl.concat([
        judged.filter(COL("faults") & reference.HOLD_MASK != 0).select("pnr"),
        copies.filter(COL("rule") == "conflicting-records").select("pnr")]).unique()

    def day(name):
        return COL(name).dt.strftime("%Y%m%d").fill_null(" " * 8)

    def blank(name, width=1):
        return COL(name).fill_null(" " * width)

    schools = (
        judged.lazy()
        .filter(COL("faults") & reference.HOLD_MASK == 0)
        .join(held.lazy(), on="pnr", how="anti")
        .join(copies.lazy().select("line"), on="line", how="anti")
        .sort("school", "pnr", "start", "code", "part", "event_day", "event")
        .select(
            "school",
            pl.concat_str(
                COL("school").cast(pl.String), COL("pnr").cast(pl.String), COL("code").str.pad_end(10),
                COL("part").cast(pl.String), blank("skills"), blank("scope"),
                COL("points").cast(pl.String).str.zfill(3), COL("level"), day("start"), day("end"), blank("contract"),
                pl.lit(" "), COL("started"), blank("event", 2), day("event_day"), blank("grade"), day("grade_day"),
            ).alias("text"))
        .group_by("school", maintain_order=True).agg(COL("text").str.join("\r\n"), pl.len().alias("count"))
        .collect())
    for school, text, _ in schools.iter_rows():
        reference.school_file(ARGS.out, school).write_bytes(text.encode("iso-8859-1") + b"\r\n")
    return schools["count"].sum()


def main():
    ARGS.out.mkdir(parents=True, exist_ok=True)
    judged = judge()
    copies = find_copies(judged)
    write_findings(judged, copies)
    print(f"{write_files(judged, copies)} sent", file=sys.stderr)


if __name__ == "__main__":
    main()
