"""Two nights: the first makes the ledger, everything is uploaded, in the second a hundredth of the rows has changed."""

import shutil
import subprocess

import material
import measure

MB = 1_000_000
CONFIGURATION = """\
inbox: inbox
outbox: outbox
archive: archive
ledger: state/ledger.sqlite
layout: komvux-fixed
"""


class School:
    """The folders of scheduled runs, and what is done there."""

    def __init__(self, place):
        self.place = place
        self.folder = material.empty(place.work / "nightly")
        (self.folder / "csnfil.yaml").write_text(CONFIGURATION)
        for name in ["inbox", "outbox", "archive", "state"]:
            (self.folder / name).mkdir(mode=0o700)
        self.folder.chmod(0o700)

    def command(self, *words, now):
        return [self.place.csnfil, *words, "--config", self.folder / "csnfil.yaml", "--now", now, "--language", "en",
                "--mappings", self.place.mappings]

    def night(self, export, now):
        """A nightly run with that export in the inbox; 0 or 1, for the sample's warnings hold nobody."""
        target = self.folder / "inbox" / export.name
        shutil.copyfile(export, target)
        target.chmod(0o600)
        material.age(target)
        measure.warm(target)
        return measure.run(
            self.command("nightly", "--jobs", "2", "--no-progress", now=now), (0,), log=self.place.log,
            folder=self.folder)

    def upload(self, day):
        """Says of every file for that day that it was uploaded."""
        files = sorted(self.folder.glob(f"outbox/*/*_{day}.*"))
        for file in files:
            subprocess.run(
                self.command("outbox", "sent", file.name, now=f"{day}T10:00"), check=True, cwd=self.folder,
                stdout=subprocess.DEVNULL)
        return len(files)

    @property
    def size(self):
        return sum(path.stat().st_size for path in (self.folder / "state").iterdir() if path.is_file())


def nights(place):
    export = place.material.sample(place.ledger_rows)
    changed = place.material.changed(export)
    school = School(place)
    first = school.night(export, "2026-11-23T03:00")
    sent = sum(school.upload(day) for day in ["2026-11-23", "2026-11-24", "2026-11-25"])
    if sent == 0:
        raise measure.Failed("the first night left no file in the outbox")
    measure.say(f"  first night {first.wall:.1f} s, {sent} files uploaded")
    second = school.night(changed, "2026-11-26T03:00")
    again = len(list(school.folder.glob("outbox/*/*_2026-11-*.txt")))
    unchanged = school.night(changed, "2026-11-26T04:00")
    text = [
        f"{place.ledger_rows:,} rows, {export.stat().st_size / MB:.0f} MB; {sent} files uploaded after the first night;"
        f" then a hundredth of the rows says D in Omfattning. The ledger has {school.size / MB:.0f} MB. {again} files"
        " lie in the outbox after the second night."
    ]
    rows = [["", "s", "CPU s", "peak MB"]]
    for name, cost in [("first night: makes the ledger", first), ("second night: 1 % changed", second),
                       ("the same export once more", unchanged)]:
        rows.append([name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory / MB:.0f}"])
    material.empty(place.work / "nightly")
    return text, rows
