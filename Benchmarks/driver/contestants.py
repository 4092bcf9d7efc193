"""Who does the reference job, and how each is called. One more variant of csnfil is one more line in `variants`."""

from dataclasses import dataclass, field

import material

PEERS = {"DuckDB, 2 threads": "duckdb_job.py", "polars, 2 threads": "polars_job.py"}
SCRIPT = "Python's csv module"


@dataclass
class Contestant:
    name: str
    command: list
    """Ends before the export and the folder."""
    after: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)
    is_csnfil: bool = False

    def call(self, export, out):
        middle = ["--out", out] if self.is_csnfil else [out]
        return [*self.command, export, *middle, *self.after]

    def statuses(self, has_faults):
        """csnfil says with 1 that somebody is held back."""
        return (1,) if self.is_csnfil and has_faults else (0,)


def variants(place):
    """csnfil, in the ways that are compared; the first is the one that counts."""
    found = [csnfil(place, "csnfil"), csnfil(place, "csnfil, one job", jobs=1)]
    if place.bare:
        bare = csnfil(place, "csnfil without hash, read-back and flush")
        bare.command = [place.bare]
        # convert-bare prints in one language and shows no progress.
        bare.after = bare.after[:-3]
        found.append(bare)
    return found


def csnfil(place, name, jobs=2, layout="komvux-fixed"):
    return Contestant(
        name, [place.csnfil, "convert"],
        ["--mappings", place.mappings, "--layout", layout, "--today", material.TODAY, "--jobs", jobs, "--language",
         "en", "--no-progress"], is_csnfil=True)


def peer(place, name, script):
    return Contestant(
        name, [place.python, place.peers / script], ["--mappings", place.mappings, "--today", material.TODAY])


def peers(place):
    return [peer(place, name, script) for name, script in PEERS.items()]


def script(place):
    return peer(place, SCRIPT, "csv_job.py")
