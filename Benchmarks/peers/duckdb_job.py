"""The reference job in SQL: DuckDB reads, maps and judges; the last step writes the lines that it hands over."""

import sys

import duckdb
import reference

# 60 on top of the day is a samordningsnummer; two-digit years mean the latest century in which the person is born.
NUMBER = """
    SELECT *, CASE length(digits)
        WHEN 12 THEN TRY_CAST(digits AS BIGINT)
        WHEN 10 THEN TRY_CAST(digits AS BIGINT) + CASE
            WHEN TRY_CAST(digits AS BIGINT) // 10000
                - CASE WHEN TRY_CAST(digits AS BIGINT) // 10000 % 100 > 60 THEN 60 ELSE 0 END > {short}
            THEN 190000000000 ELSE 200000000000 END
        END AS pnr
    FROM raw
"""

# Twice a digit, its digits added.
DOUBLED = "(2 * (pnr // {0} % 10) - CASE WHEN pnr // {0} % 10 > 4 THEN 9 ELSE 0 END)"
LUHN = " + ".join(
    DOUBLED.format(10**place) if place % 2 else f"pnr // {10**place} % 10" for place in range(10))

CONDITIONS = {
    "skolkod-range": "school IS NULL OR school NOT BETWEEN 1000 AND 1999",
    "skolkod-looks-like-kommunkod": "is_kommun",
    "personnummer-format": "pnr IS NULL",
    "personnummer-date": "pnr IS NOT NULL AND born IS NULL",
    "personnummer-check-digit": "luhn % 10 <> 0",
    "unknown-course-code": "course_level IS NULL",
    "kursdel-range": "part IS NULL OR part NOT BETWEEN 11 AND 99 OR part % 10 = 0",
    "kursdel-order": "part % 10 <> 0 AND part % 10 < part // 10",
    "poang-range": "points IS NULL OR points NOT BETWEEN 0 AND 999",
    "niva-value": "level IS NULL",
    "start-date": "start IS NULL",
    "end-date": "\"end\" IS NULL",
    "registrering-value": "started IS NULL",
    "meddelandeorsak-value": "Avbrott IS NOT NULL AND event IS NULL",
    "event-date": "Avbrottsdatum IS NOT NULL AND event_day IS NULL",
    "betyg-value": "Betyg IS NOT NULL AND grade IS NULL",
    "grade-date": "Betygsdatum IS NOT NULL AND grade_day IS NULL",
    "flag-value": "(Omfattning IS NOT NULL AND scope IS NULL) OR (Färdighetsträning IS NOT NULL AND skills IS NULL)"
                  " OR (Uppdragsutbildning IS NOT NULL AND contract IS NULL)",
    "end-before-start": "\"end\" < start",
    "course-over-a-year": "\"end\" - start > 365",
    "event-date-missing": "(Avbrott IS NULL) <> (Avbrottsdatum IS NULL)",
    "event-date-outside-course": "event IN ('81', '99') AND event_day NOT BETWEEN start AND \"end\"",
    "not-started-date": "event = '81' AND event_day <> start",
    "not-started-but-started": "event = '81' AND (started = 'J' OR grade IS NOT NULL)",
    "drop-out-not-registered": "event = '99' AND started = 'N' AND event_day > start",
    "absence-age": "event IN ('31', '32') AND event_day > make_date(year(born) + 20, 6, 30)",
    "x-only-gr": "grade = 'X' AND level <> 'GR'",
    "fardighetstraning-only-gr": "skills = 'J' AND level <> 'GR'",
    "ungraded-course-graded": "grade IS NOT NULL AND NOT gradable",
    "grade-without-date": "Betyg IS NOT NULL AND Betygsdatum IS NULL",
    "date-without-grade": "Betyg IS NULL AND Betygsdatum IS NOT NULL",
    "grade-before-start": "grade IS NOT NULL AND grade_day < start",
    "grade-in-future": "grade IS NOT NULL AND grade_day > $today",
    "grade-not-started": "started = 'N' AND grade IN ('A', 'B', 'C', 'D', 'E', 'G', 'V', 'M')",
    "early-grade-end-date": "grade IS NOT NULL AND grade_day >= start AND grade_day < \"end\"",
    "started-before-course": "started = 'J' AND start > $today",
    "poang-differs": "part = 11 AND points <> course_points",
    "niva-differs": "level <> course_level",
    "retired-course-code": "start NOT BETWEEN valid_from AND valid_to",
    "betyg-scale": "CASE WHEN level = 'GR' AND start >= DATE '2025-07-01' THEN grade IN ('A', 'B', 'C', 'D', 'E', 'F')"
                   " ELSE grade IN ('G', 'I', 'V', 'M') END",
    "implausible-age": "date_sub('year', born, start) NOT BETWEEN 15 AND 100",
    "absence-code": "event IN ('31', '32')",
}


# Few rows have an event or a grade; the others are not asked about them.
EVENT = "Avbrott IS NOT NULL OR Avbrottsdatum IS NOT NULL"
GRADE = "Betyg IS NOT NULL OR Betygsdatum IS NOT NULL"


def asked_where():
    """The rules by the rows that they can be about."""
    groups = {"true": [], EVENT: [], GRADE: []}
    for rule, condition in CONDITIONS.items():
        if "event" in condition or "Avbrott" in condition:
            groups[EVENT].append(rule)
        elif "grade" in condition or "Betyg" in condition:
            groups[GRADE].append(rule)
        else:
            groups["true"].append(rule)
    return groups


def bits(rules):
    """Which of the rules a row breaks, as bits."""
    return "(" + " | ".join(
        f"CASE WHEN {CONDITIONS[rule]} THEN {1 << reference.RULES.index(rule)}::BIGINT ELSE 0 END"
        for rule in rules) + ")"


def date(text):
    return f"TRY_CAST({text} AS DATE)"


def prepare(db, args):
    """The mapping tables, as tables to join with."""
    national = args.mappings / "national"
    db.execute(f"""
        CREATE TEMP TABLE courses AS SELECT code, points::SMALLINT AS course_points, level AS course_level,
            gradable = 'yes' AS gradable, coalesce(TRY_CAST(valid_from AS DATE), DATE '0001-01-01') AS valid_from,
            coalesce(TRY_CAST(valid_to AS DATE), DATE '9999-12-31') AS valid_to
        FROM read_csv('{national / "courses.csv"}', delim = ';', header = true, all_varchar = true)""")
    db.execute(f"""
        CREATE TEMP TABLE kommuner AS SELECT code::SMALLINT AS code FROM read_csv(
            '{national / "kommunkoder.csv"}', delim = ';', header = true, all_varchar = true)""")
    db.execute("CREATE TEMP TABLE grades (spelling VARCHAR, value VARCHAR)")
    db.executemany("INSERT INTO grades VALUES (?, ?)", list(reference.grades(args.mappings).items()))
    for slot in ["niva", "registrering", "meddelandeorsak", "omfattning", "fardighetstraning", "uppdragsutbildning"]:
        db.execute(f"CREATE TEMP TABLE {slot} (spelling VARCHAR, value VARCHAR)")
        pairs = reference.words(args.mappings, slot)
        db.executemany(f"INSERT INTO {slot} VALUES (?, ?)", list(pairs.items()))


def judge(db, args):
    """The table `judged`: each row with its values and, as bits, its faults."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in reference.COLUMNS)
    faults = " | ".join(
        f"CASE WHEN {asked} THEN {bits(rules)} ELSE 0 END" for asked, rules in asked_where().items())
    faults = faults.replace("$today", f"DATE '{args.today}'")
    db.execute(f"""
        CREATE TEMP TABLE judged AS
        WITH raw AS (
            SELECT row_number() OVER () + 1 AS line, replace(Personnummer, '-', '') AS digits, *
            FROM read_csv(
                '{args.export}', delim = ';', quote = '"', escape = '"', header = true, auto_detect = false,
                columns = {{{columns}}}, null_padding = true, strict_mode = false, new_line = '\\r\\n',
                parallel = true)
        ),
        numbered AS ({NUMBER.format(short=args.today.strftime("%y%m%d"))}),
        typed AS (
            SELECT line, TRY_CAST(Skola AS SMALLINT) AS school, pnr, Kurskod,
                {date('''printf('%04d-%02d-%02d', pnr // 100000000, pnr // 1000000 % 100,
                    pnr // 10000 % 100 - CASE WHEN pnr // 10000 % 100 > 60 THEN 60 ELSE 0 END)''')} AS born,
                {LUHN} AS luhn, TRY_CAST(replace(Del, ':', '') AS SMALLINT) AS part,
                TRY_CAST(Poäng AS SMALLINT) AS points,
                {date("Startdatum")} AS start, {date("Slutdatum")} AS "end",
                Avbrott, Avbrottsdatum, {date("Avbrottsdatum")} AS event_day, Betyg, Betygsdatum,
                {date("Betygsdatum")} AS grade_day, Omfattning, Färdighetsträning, Uppdragsutbildning,
                Nivå, Påbörjad
            FROM numbered
        ),
        mapped AS (
            SELECT typed.*, courses.* EXCLUDE (code), kommuner.code IS NOT NULL AS is_kommun, niva.value AS level,
                CASE WHEN Påbörjad IS NULL THEN 'N' ELSE registrering.value END AS started,
                meddelandeorsak.value AS event, grades.value AS grade, omfattning.value AS scope,
                fardighetstraning.value AS skills, uppdragsutbildning.value AS contract
            FROM typed
            LEFT JOIN courses ON courses.code = Kurskod
            LEFT JOIN kommuner ON kommuner.code = school
            LEFT JOIN niva ON niva.spelling = lower(Nivå)
            LEFT JOIN registrering ON registrering.spelling = lower(Påbörjad)
            LEFT JOIN meddelandeorsak ON meddelandeorsak.spelling = lower(Avbrott)
            LEFT JOIN grades ON grades.spelling = lower(Betyg)
            LEFT JOIN omfattning ON omfattning.spelling = lower(Omfattning)
            LEFT JOIN fardighetstraning ON fardighetstraning.spelling = lower(Färdighetsträning)
            LEFT JOIN uppdragsutbildning ON uppdragsutbildning.spelling = lower(Uppdragsutbildning)
        )
        SELECT line, school, pnr, Kurskod AS code, part, points, level, start, "end", started, event, event_day, grade,
            grade_day, scope, nullif(skills, 'N') AS skills, nullif(contract, 'N') AS contract, {faults} AS faults
        FROM mapped""")


def find_copies(db):
    """Rows of one course: one record when only events differ, copies when nothing does, else conflicts."""
    db.execute("""
        CREATE TEMP TABLE repeated AS
        SELECT judged.* FROM judged JOIN (
            SELECT school, pnr, code, part, start FROM judged WHERE pnr IS NOT NULL
            GROUP BY ALL HAVING count(*) > 1
        ) USING (school, pnr, code, part, start)""")
    db.execute("""
        CREATE TEMP TABLE copies AS
        SELECT line, pnr, CASE WHEN content > 1 THEN 'conflicting-records' ELSE 'duplicate-record' END AS rule FROM (
            SELECT line, pnr,
                count(DISTINCT row(points, level, "end", started, grade, grade_day, scope, skills, contract))
                    OVER (PARTITION BY school, pnr, code, part, start) AS content,
                row_number() OVER (PARTITION BY school, pnr, code, part, start, event, event_day ORDER BY line) AS copy
            FROM repeated
        ) WHERE content > 1 OR copy > 1""")


def write_findings(db, args):
    names = ", ".join(f"'{rule}'" for rule in reference.RULES)
    db.execute(f"""
        COPY (
            SELECT line, rule, CASE WHEN list_position([{names}], rule) > {len(reference.HOLD)}
                THEN 'warning' ELSE 'error' END AS level, school AS skolkod,
                left(pnr::VARCHAR, 8) || '-****' AS student, code AS kurskod
            FROM (
                SELECT line, school, pnr, code,
                    unnest([{", ".join(
                        f"CASE WHEN faults & {1 << number} <> 0 THEN '{rule}' END"
                        for number, rule in enumerate(reference.RULES))}]) AS rule
                FROM judged WHERE faults <> 0
                UNION ALL SELECT line, school, judged.pnr, code, rule FROM copies JOIN judged USING (line)
            ) WHERE rule IS NOT NULL ORDER BY line
        ) TO '{args.out / "findings.csv"}' (HEADER, DELIMITER ',')""")


def write_files(db, args):
    """The lines in order, handed over in blocks; a file a school."""
    day = "coalesce(strftime({}, '%Y%m%d'), '        ')".format
    cursor = db.execute(f"""
        SELECT school, concat(
            school, pnr, rpad(code, 10, ' '), part, coalesce(skills, ' '), coalesce(scope, ' '),
            lpad(points::VARCHAR, 3, '0'), level, {day("start")}, {day('"end"')}, coalesce(contract, ' '), ' ',
            started, coalesce(event, '  '), {day("event_day")}, coalesce(grade, ' '), {day("grade_day")},
            chr(13), chr(10))
        FROM (
            SELECT * FROM judged
            WHERE faults & {reference.HOLD_MASK} = 0
                AND line NOT IN (SELECT line FROM copies)
                AND pnr NOT IN (
                    SELECT pnr FROM judged WHERE faults & {reference.HOLD_MASK} <> 0 AND pnr IS NOT NULL
                    UNION ALL SELECT pnr FROM copies WHERE rule = 'conflicting-records')
            ORDER BY school, pnr, start, code, part, event_day, event
        )""")
    sent = 0
    lines = []
    school = None
    while block := cursor.fetchmany(100_000):
        for number, line in block:
            if number != school:
                sent += write_file(args, school, lines)
                lines = []
                school = number
            lines.append(line)
    return sent + write_file(args, school, lines)


def write_file(args, school, lines):
    if lines:
        reference.school_file(args.out, school).write_bytes("".join(lines).encode("iso-8859-1"))
    return len(lines)


def main():
    args = reference.arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    db = duckdb.connect(config={"threads": args.threads})
    prepare(db, args)
    judge(db, args)
    find_copies(db)
    write_findings(db, args)
    print(f"{write_files(db, args)} sent", file=sys.stderr)


if __name__ == "__main__":
    main()
