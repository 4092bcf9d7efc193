"""The exports that are measured: made by `csnfil sample`, kept from run to run by what they were asked to be."""

import os
import pathlib
import random
import shutil
import subprocess
import time

import measure

TODAY = "2026-11-23"
SEED = 1

FILES = {"schoolsoft-list": "csn-lista.csv", "edlevo-xml": "studyinformation.xml"}
# What their columns do not say stands in a csnfil.yaml beside them.
NEEDS_CONFIGURATION = {"edlevo-xml"}


class Material:
    def __init__(self, csnfil, mappings, folder):
        self.csnfil = csnfil
        self.mappings = mappings
        self.folder = folder

    def sample(self, rows, faults=0.0, system="schoolsoft-list"):
        """The path of an export; its schools stand one after the other, its students too."""
        folder = self.folder / f"{system}-{rows}-{faults:g}"
        path = folder / FILES[system]
        if not path.exists():
            measure.say(f"making {rows:,} rows of {system}, {faults:g} % faulty")
            work = folder.with_name(folder.name + ".part")
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            command = [
                self.csnfil, "sample", system, "--records", str(rows), "--seed", str(SEED), "--faults", str(faults),
                "--today", TODAY, "--mappings", self.mappings]
            if system in NEEDS_CONFIGURATION:
                subprocess.run([*command, "--out", work], check=True)
                (work / "truth.jsonl").unlink()
            else:
                # Alone, without its truth, which is twice as large.
                with open(work / FILES[system], "wb") as file:
                    subprocess.run(command, check=True, stdout=file)
            work.rename(folder)
        return path

    def shuffled(self, path):
        """The same rows in an order that follows nothing."""
        folder = path.parent.with_name(path.parent.name + "-shuffled")
        target = folder / path.name
        if not target.exists():
            measure.say(f"shuffling {path.parent.name}")
            # In a process of its own: the driver is to stay small.
            process = os.fork()
            if process == 0:
                shuffle(path, target)
                os._exit(0)
            if os.waitpid(process, 0)[1] != 0:
                raise measure.Failed(f"{path} could not be shuffled")
        return target

    def pieces(self, path, rows):
        """A folder with the same rows in files of so many, each with the header."""
        folder = path.parent.with_name(f"{path.parent.name}-by-{rows}")
        if not folder.exists():
            work = folder.with_name(folder.name + ".part")
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            with open(path, "rb") as file:
                header = file.readline()
                number = 0
                while lines := [line for line in (file.readline() for _ in range(rows)) if line]:
                    number += 1
                    (work / f"export-{number:04}.csv").write_bytes(header + b"".join(lines))
            work.rename(folder)
        return folder

    def changed(self, path, every=100):
        """The same rows, but every so many-th says D in Omfattning where nothing stood. A course of several rows (an
        absence and its end) is left alone: its rows would contradict each other."""
        folder = path.parent.with_name(f"{path.parent.name}-changed-{every}")
        target = folder / path.name
        if not target.exists():
            work = folder.with_name(folder.name + ".part")
            work.mkdir(parents=True, exist_ok=True)
            with open(path, "rb") as file, open(work / path.name, "wb") as out:
                header = file.readline()
                out.write(header)
                names = header.decode().rstrip("\r\n").split(";")
                scope, event = names.index("Omfattning"), names.index("Avbrott")
                due = False
                for number, line in enumerate(file):
                    due = due or number % every == 0
                    if due:
                        cells = line.split(b";")
                        if cells[scope] == b"" and cells[event] == b"":
                            cells[scope] = b"D"
                            line = b";".join(cells)
                            due = False
                    out.write(line)
            work.rename(folder)
        return target


def shuffle(path, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    header, *lines = path.read_bytes().splitlines(keepends=True)
    random.Random(SEED).shuffle(lines)
    part = target.with_name(target.name + ".part")
    part.write_bytes(header + b"".join(lines))
    part.rename(target)


def age(path, seconds=120):
    """Makes a file older: what was changed within the last minute the nightly run leaves alone."""
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


def empty(folder):
    """The folder, with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return pathlib.Path(folder)
