"""The two exports, as the profiles Mappings/systems/extens.yaml and schoolsoft-list.yaml describe them."""
from datetime import timedelta

OLD = ["Skolkod", "Personnr", "Efternamn", "Förnamn", "Klass", "Ämne/Kurs", "Benämning", "Kategori", "Del av kurs",
       "Poäng", "Period", "Startdatum", "Slutdatum", "Registrering", "Avbrott", "Avbrottsdatum", "Betyg", "Betygsdatum",
       "Prövning/validering", "Omfattning", "Färdighetsträning", "Uppdragsutbildning"]
NEW = ["Skola", "Personnummer", "Förnamn", "Efternamn", "Grupp", "Kurskod", "Kursnamn", "Del", "Poäng", "Nivå",
       "Startdatum", "Slutdatum", "Påbörjad", "Avbrott", "Avbrottsdatum", "Betyg", "Betygsdatum", "Omfattning",
       "Färdighetsträning", "Uppdragsutbildning", "Sekretess"]


def cells(row, protected):
    """By the name of the field what stands in the row, with the fault that was put there."""
    number = row.student
    if row.fault == "number":
        number = number[:-1] + str((int(number[-1]) + 3) % 10)
    event, happened = row.event, row.happened
    if row.fault == "event":
        event, happened = 99, row.end + timedelta(days=400)
    return {
        "number": f"{number[:8]}-{number[8:]}",
        "code": "QQQ99" if row.fault == "code" else row.code,
        "part": "3:1" if row.fault == "part" else f"{row.part // 10}:{row.part % 10}",
        "points": str(row.points), "level": row.level,
        "start": "" if row.fault == "start" else row.start.isoformat(), "end": row.end.isoformat(),
        "started": "J" if row.started else "",
        "event": str(event) if event else "", "happened": happened.isoformat() if happened else "",
        "grade": "Q" if row.fault == "grade" else row.grade or ("C" if row.fault == "undated" else ""),
        "graded": row.graded.isoformat() if row.graded and row.fault != "undated" else "",
        "examination": "P" if row.examination else "", "protected": "J" if protected else "",
        "extra": row.fault == "cells",
    }


def write_old(path, rows, protected):
    """Extens: Latin-1, TAB, CSN's code of the school; whoever has protected identity is not in it."""
    lines = ["\t".join(OLD)]
    for row in rows:
        c = cells(row, row.student in protected)
        line = [str(row.school), c["number"], "Påhittad", "Åsa", "VUX1", c["code"], "", c["level"], c["part"],
                c["points"], "", c["start"], c["end"], c["started"], c["event"], c["happened"], c["grade"], c["graded"],
                c["examination"], "", "", ""]
        lines.append("\t".join(line + ["x"] if c["extra"] else line))
    path.write_bytes("".join(line + "\r\n" for line in lines).encode("iso-8859-1"))


def write_new(path, rows, protected):
    """SchoolSoft, list report: UTF-8, semicolons, the school by an id that the configuration explains."""
    lines = [";".join(NEW)]
    for row in rows:
        c = cells(row, row.student in protected)
        line = [f"SKOLA{row.school}", c["number"], "Åsa", "Påhittad", "NV1", c["code"], "", c["part"], c["points"],
                c["level"], c["start"], c["end"], c["started"], c["event"], c["happened"], c["grade"], c["graded"], "",
                "", "", c["protected"]]
        lines.append(";".join(line + ["x"] if c["extra"] else line))
    path.write_bytes("".join(line + "\r\n" for line in lines).encode("utf-8"))
