"""Runs a program as a whole process and says what it cost, by the operating system's own accounting.

This process stays small on purpose: on Linux a child's greatest memory counts from the moment it is forked, so what
the driver itself holds is the least that can be measured (`FLOOR`). Whatever reads large files runs elsewhere.
"""

import os
import resource
import sys
import time
from dataclasses import dataclass

@dataclass
class Cost:
    wall: float
    """Seconds from fork to exit."""
    user: float
    system: float
    memory: int
    """Greatest resident size, in bytes."""

    @property
    def cpu(self):
        return self.user + self.system


def floor():
    """Bytes below which nothing can be seen."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Failed(Exception):
    """A program ended otherwise than it should; what it measured would be worth nothing."""


def run(command, expected=(0,), environment=None, folder=None, log=None):
    """Runs a command to its end and measures it.

    `expected`: the exit statuses that are right. What the program prints goes to the file `log`.
    """
    output = os.open(str(log) if log else os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    # What other runs have left to be written is not this one's to wait for.
    os.sync()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        try:
            os.dup2(output, 1)
            os.dup2(output, 2)
            if folder:
                os.chdir(folder)
            os.execvpe(str(command[0]), [str(word) for word in command], os.environ | (environment or {}))
        except OSError as problem:
            os.write(2, f"{command[0]}: {problem}\n".encode())
        finally:
            os._exit(127)
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic() - started
    os.close(output)
    code = os.waitstatus_to_exitcode(status)
    if code not in expected:
        text = open(log, encoding="utf-8", errors="replace").read()[-2_000:] if log else ""
        raise Failed(f"{' '.join(map(str, command))}: ended with {code}, not {expected}\n{text}")
    return Cost(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024)


def warm(path):
    """Reads a file once, so that every program finds it in memory alike."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


def say(text):
    print(text, file=sys.stderr, flush=True)
