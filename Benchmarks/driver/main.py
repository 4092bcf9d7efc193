"""Measures what is asked for and writes results.md; called by Benchmarks/run, which sets everything up."""

import argparse
import datetime
import hashlib
import importlib.metadata
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

import material
import measure
import sections


class Place:
    """Where everything is, and how much of it is asked for."""

    def __init__(self, args):
        self.driver = pathlib.Path(__file__).resolve().parent
        self.benchmarks = self.driver.parent
        self.peers = self.benchmarks / "peers"
        self.mappings = self.benchmarks.parent / "Mappings"
        self.work = args.work.resolve()
        self.log = self.work / "last.log"
        self.python = sys.executable
        self.csnfil = args.csnfil.resolve()
        self.material = material.Material(self.csnfil, self.mappings, self.work / "data")
        self.rows = args.rows
        self.rounds = args.rounds
        self.scale_rounds = args.scale_rounds
        self.ledger_rows = args.ledger_rows or 2 * args.rows
        self.small_files = args.small_files
        self.with_script = args.script
        self.bare = args.bare and args.bare.resolve()
        self.is_given = args.given


def arguments():
    parser = argparse.ArgumentParser(
        prog="Benchmarks/run", description="Measures csnfil and its peers as whole processes.",
        epilog="Sections: " + "; ".join(f"{name}: {one.__doc__}" for name, one in sections.ALL.items()))
    parser.add_argument("sections", nargs="*", metavar="section", help="what to measure; default reference")
    parser.add_argument("--all", action="store_true", help="every section")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the export (100000 for trying)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale-rounds", type=int, default=2, help="rounds of ten times the rows")
    parser.add_argument("--ledger-rows", type=int, help="rows of the nightly runs; default twice --rows")
    parser.add_argument("--small-files", type=int, default=1000)
    parser.add_argument("--script", action="store_true", help="the reference job with Python's csv module as well")
    parser.add_argument("--bare", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--fresh", action="store_true", help="make the exports anew")
    parser.add_argument("--work", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--csnfil", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--given", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    unknown = [name for name in args.sections if name not in sections.ALL]
    if unknown:
        parser.error(f"no section {unknown[0]}; there are {', '.join(sections.ALL)}")
    return args


def machine():
    info = dict(
        line.split(":", 1) for line in pathlib.Path("/proc/cpuinfo").read_text().replace("\t", "").splitlines()
        if ":" in line)
    memory = pathlib.Path("/proc/meminfo").read_text().split()[1]
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return (
        f"{len(os.sched_getaffinity(0))} cores, {info.get('model name', 'unknown').strip()},"
        f" {int(memory) / 1e6:.0f} GB, {system}, Linux {platform.release()}")


class Others:
    """What others took of the processors while a section was measured: numbers from a busy machine tell little, and no
    median shows it."""

    def __init__(self):
        self.began = self.now()

    @staticmethod
    def now():
        """Seconds: the clock, what all processors were busy, what this process and its children took of it."""
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        idle = fields[3] + fields[4]
        ours = sum(os.times()[:4])
        return time.monotonic(), (sum(fields[:8]) - idle) / os.sysconf("SC_CLK_TCK"), ours

    def said(self):
        clock, busy, ours = (now - then for now, then in zip(self.now(), self.began))
        share = max(0, busy - ours) / (clock * os.cpu_count())
        if share < 0.05:
            return []
        measure.say(f"others took {share:.0%} of the processors meanwhile")
        return [f"**The machine was not idle**: others took {share:.0%} of its processors meanwhile, so that the times"
                " tell little; CPU tells more."]


def versions(place):
    def said(*command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
        return done.stdout.strip().splitlines()[0]

    if place.is_given:
        with open(place.csnfil, "rb") as file:
            state = f"a given program, SHA-256 {hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
    else:
        state = "commit " + said("git", "-C", str(place.benchmarks), "describe", "--always", "--dirty", "--abbrev=12")
    peers = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ["duckdb", "polars"])
    return (
        f"csnfil {said(str(place.csnfil), '--version')} ({state}), {peers}, Python {platform.python_version()},"
        f" {said('xmllint', '--version')}")


def render(place):
    """results.md from what every section measured last."""
    kept = {}
    for name in sections.ALL:
        path = place.work / "results" / f"{name}.json"
        if path.exists():
            kept[name] = json.loads(path.read_text())
    stamps = {one["stamp"] for one in kept.values()}
    text = ["# Results", "", "Written by `Benchmarks/run`, not by hand. What is measured and how stands in"
            " [README.md](README.md).", ""]
    if len(stamps) == 1:
        text += [*stamps, ""]
    for name, one in kept.items():
        text += [f"## {sections.ALL[name].__doc__} (`{name}`)", ""]
        for paragraph in one["text"] + ([one["stamp"]] if len(stamps) > 1 else []):
            text += [paragraph, ""]
        head, *rows = one["table"]
        text.append("| " + " | ".join(head) + " |")
        text.append("| --- |" + " ---: |" * (len(head) - 1))
        text += ["| " + " | ".join(row) + " |" for row in rows] + [""]
    (place.benchmarks / "results.md").write_text("\n".join(text).rstrip() + "\n")


def main():
    args = arguments()
    place = Place(args)
    if args.fresh:
        material.empty(place.material.folder)
    (place.work / "results").mkdir(parents=True, exist_ok=True)
    wanted = list(sections.ALL) if args.all else args.sections or ["reference"]
    try:
        for name in wanted:
            measure.say(f"{name}: {sections.ALL[name].__doc__}")
            others = Others()
            text, table = sections.ALL[name](place)
            stamp = f"{datetime.date.today()}; {machine()}; {versions(place)}."
            kept = {"text": text + others.said(), "table": table, "stamp": stamp}
            (place.work / "results" / f"{name}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False))
            render(place)
    except (measure.Failed, subprocess.CalledProcessError) as problem:
        sys.exit(f"Benchmarks/run: {problem}")
    print((place.benchmarks / "results.md").read_text())


if __name__ == "__main__":
    main()
