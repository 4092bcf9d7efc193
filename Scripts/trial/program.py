"""csnfil as a school runs it: in a folder of its own, with the time given."""
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

NAME = re.compile(r"([0-9]{4})_([0-9]{4}-[0-9]{2}-[0-9]{2})\.xml")


class Failed(Exception):
    """Something is not as it must be."""


class Program:
    """The built program in a folder with a configuration for some schools."""

    def __init__(self, path, folder, schools, is_talkative=False):
        self.path, self.folder, self.is_talkative = Path(path).resolve(), Path(folder), is_talkative
        self.outbox = self.folder / "outbox"
        self.runs = []
        for name in ("outbox", "state", "uploaded"):
            (self.folder / name).mkdir(mode=0o700, parents=True)
        lines = ["outbox: outbox", "ledger: state/ledger.sqlite", "schools:"]
        for school in schools:
            lines.append(f"  - {{skolkod: {school}, name: Skola {school}, ids: [SKOLA{school}]}}")
        (self.folder / "csnfil.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, what, *arguments, now, allowed=(0,)):
        """Runs a command to its end; returns what it said. Keeps wall time and peak memory."""
        command = [str(self.path), *arguments, "--now", f"{now:%Y-%m-%dT%H:%M}"]
        said = self.folder / "said.txt"
        environment = {"LANG": "en_GB.UTF-8", "TZ": "UTC", "PATH": os.environ.get("PATH", "")}
        begun = time.monotonic()
        with open(said, "wb") as file:
            process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                                       env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.runs.append((what, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
        text = said.read_text(encoding="utf-8", errors="replace")
        if process.returncode not in allowed:
            raise Failed(f"{' '.join(command[1:])} ended with {process.returncode}:\n{text[-3000:]}")
        if self.is_talkative:
            print(f"$ csnfil {' '.join(command[1:])}\n{text}", file=sys.stderr)
        return text

    def lying(self):
        """What lies in the outbox: for each school and reading day the file."""
        files = {}
        for path in sorted(self.outbox.glob("[0-9][0-9][0-9][0-9]/*")):
            match = NAME.fullmatch(path.name)
            if not match or match[1] != path.parent.name:
                raise Failed(f"{path} does not belong in the outbox")
            if path.stat().st_mode & 0o777 != 0o600:
                raise Failed(f"{path} can be read by others than its owner")
            files[int(match[1]), match[2]] = path
        return files

    def waiting(self):
        """What lies there and is not uploaded: the outbox keeps a file until a run finds that CSN has read it."""
        return {key: path for key, path in self.lying().items() if not self.is_uploaded(path)}

    def is_uploaded(self, path):
        copy = self.folder / "uploaded" / path.name
        return copy.exists() and copy.read_bytes() == path.read_bytes()

    def upload(self, path, at):
        """Copies a file as a person would upload it, and says so."""
        copy = self.folder / "uploaded" / path.name
        if copy.exists():
            raise Failed(f"a second file of the name {path.name} is to be uploaded")
        shutil.copyfile(path, copy)
        self.run("sent", "outbox", "sent", path.name, "--at", f"{at:%H:%M}", now=at)
        return copy
