"""Compares what several programs wrote: for each school the same lines, whatever their order and their files.

    same_records.py FOLDER FOLDER…
    same_records.py --count FOLDER FOLDER

csnfil divides a school's records over files by reading day, because one may span 365 days; so a school's records are
those of all its files together. Prints the number of lines and a hash of all schools' sorted lines, and ends with 1
when two folders differ. With --count: how many lines the two have, how many only the first has, and only the second.
"""

import collections
import hashlib
import pathlib
import sys


def schools(folder):
    """By school, the sorted lines of its files."""
    found = {}
    for path in sorted(pathlib.Path(folder).glob("[0-9][0-9][0-9][0-9]/*.txt")):
        lines = path.read_bytes().split(b"\r\n")
        if lines.pop() != b"":
            sys.exit(f"{path}: the last line does not end")
        odd = next((line for line in lines if len(line) != 73), None)
        if odd is not None:
            sys.exit(f"{path}: a line of {len(odd)} characters")
        found.setdefault(path.parent.name, []).extend(lines)
    return {school: sorted(lines) for school, lines in found.items()}


def count(first, second):
    both = [collections.Counter(line for lines in schools(one).values() for line in lines) for one in (first, second)]
    print(*(one.total() for one in both), (both[0] - both[1]).total(), (both[1] - both[0]).total())


def main():
    if sys.argv[1] == "--count":
        return count(*sys.argv[2:])
    first, *others = sys.argv[1:]
    expected = schools(first)
    if not expected:
        sys.exit(f"{first}: no school's file")
    digest = hashlib.sha256()
    for school in sorted(expected):
        digest.update(b"\n".join(expected[school]) + b"\n")
    differ = False
    for other in others:
        found = schools(other)
        for school in sorted(set(expected) | set(found)):
            one, two = set(expected.get(school, [])), set(found.get(school, []))
            if expected.get(school) == found.get(school):
                continue
            differ = True
            print(f"{other}: school {school} differs from {first}", file=sys.stderr)
            for mark, lines in [("-", sorted(one - two)), ("+", sorted(two - one))]:
                for line in lines[:3]:
                    print(f"  {mark} {line.decode('iso-8859-1')}", file=sys.stderr)
            if one == two:
                print("  the same lines, but not as often", file=sys.stderr)
    print(sum(map(len, expected.values())), digest.hexdigest())
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
