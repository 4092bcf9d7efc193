"""The tables of results.md, each measured by a function of its own: its name is the flag that runs it alone."""

import subprocess
import sys

import contestants
import ledger
import material
import measure
import rounds

MB = 1_000_000


def compare(place, *words):
    """What same_records.py says; stops the whole run when two folders differ. In a process of its own, for it reads
    everything."""
    done = subprocess.run(
        [sys.executable, place.driver / "same_records.py", *words], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise measure.Failed("the programs did not write the same records; see above")
    return done.stdout.split()


def written(place, found, export, has_faults, name):
    """Runs each once, not measured: the folders of what they wrote."""
    folders = []
    for number, one in enumerate(found):
        folder = material.empty(place.work / "out" / f"{name}-{number}")
        measure.run(one.call(export, folder), one.statuses(has_faults), one.environment, log=place.log)
        folders.append(folder)
    return folders


def verify(place, ours, others, clean, faulty):
    """What is written of the twin is the same by all; of the faulty export by all peers. What csnfil and they do not
    have in common of that is counted, for it is theirs to differ in (README.md says why)."""
    twins = written(place, [*ours, *others], clean, False, "twin")
    lines, digest = compare(place, *twins)
    if int(lines) < place.rows:
        raise measure.Failed(f"{place.rows - int(lines)} rows of the twin are in no file")
    for folder in twins:
        material.empty(folder)
    of_us, of_others = written(place, ours, faulty, True, "ours"), written(place, others, faulty, True, "others")
    compare(place, *of_us)
    compare(place, *of_others)
    sent, theirs, only_us, only_them = map(int, compare(place, "--count", of_us[0], of_others[0]))
    for folder in [*of_us, *of_others]:
        material.empty(folder)
    return [
        f"Fault-free twin: all wrote the same {int(lines):,} lines; SHA-256 of the sorted lines `{digest}`.",
        f"The faulty export: csnfil wrote {sent:,} lines, {only_us:,} of them not written by the peers; the peers all"
        f" wrote the same {theirs:,}, {only_them:,} of them not written by csnfil.",
    ]


def table(costs, against=None):
    """Rows of a table of contestants; `against` is whose time the others are a multiple of."""
    head = ["", "median s", "least–most s", "CPU s", "peak MB"]
    if against:
        head.append(f"times {against}")
    found = [head]
    for name, runs in costs.items():
        one = rounds.summary(runs)
        row = [name, f"{one['median']:.2f}", f"{one['least']:.2f}–{one['most']:.2f}", f"{one['cpu']:.2f}",
               f"{one['memory'] / MB:.0f}"]
        if against:
            row.append(f"{rounds.ratio(runs, costs[against]):.2f}")
        found.append(row)
    return found


def reference(place):
    """The same job by csnfil and its peers"""
    clean = place.material.sample(place.rows)
    faulty = place.material.sample(place.rows, 0.5)
    ours, others = contestants.variants(place), contestants.peers(place)
    checked = verify(
        place, ours, others + ([contestants.script(place)] if place.with_script else []), clean, faulty)
    for line in checked:
        measure.say(f"  {line}")
    out = place.work / "out" / "reference"
    costs = rounds.in_turn(place, [*ours, *others], faulty, place.rounds, True, out)
    fastest = min(contestants.PEERS, key=lambda name: rounds.summary(costs[name])["median"])
    text = [
        f"{place.rows:,} rows, {faulty.stat().st_size / MB:.0f} MB, 0.5 % faulty; {place.rounds} rounds in turn. The"
        f" ratio is the median of the rounds'; the fastest peer is {fastest}.",
        *checked,
    ]
    found = table(costs, fastest)
    for row in found[1:]:
        row.append(f"{1 / rounds.ratio(costs[row[0]], costs[fastest]):.2f}")
    found[0][-1] = f"time, {fastest} = 1"
    found[0].append("speed")
    if place.with_script:
        slow = rounds.in_turn(place, [contestants.script(place)], faulty, 1, True, out)
        best = rounds.summary(costs[fastest])["median"]
        for name, runs in slow.items():
            one = rounds.summary(runs)
            found.append([f"{name} (once)", f"{one['median']:.2f}", "", f"{one['cpu']:.2f}",
                          f"{one['memory'] / MB:.0f}", f"{one['median'] / best:.2f}", f"{best / one['median']:.2f}"])
    return text, found


def xml(place):
    """Reading XML, beside a parser that does nothing else"""
    export = place.material.sample(place.rows, system="edlevo-xml")
    ours = contestants.csnfil(place, "csnfil convert, everything on")
    lint = contestants.Contestant("xmllint --sax --noout", ["xmllint", "--sax", "--noout"])
    lint.call = lambda export, out: [*lint.command, export]
    costs = rounds.in_turn(place, [ours, lint], export, place.rounds, False, place.work / "out" / "xml")
    return [f"edlevo-xml, {place.rows:,} rows, {export.stat().st_size / MB:.0f} MB, no faults."], \
        table(costs, lint.name)


def xml_out(place):
    """Writing XML beside fixed positions"""
    export = place.material.sample(place.rows, 0.5)
    both = [contestants.csnfil(place, layout, layout=layout) for layout in ["komvux-fixed", "komvux"]]
    costs = rounds.in_turn(place, both, export, place.rounds, True, place.work / "out" / "xml-out")
    return ["The reference job; `komvux` is XML, validated against its schema."], table(costs, "komvux-fixed")


def jobs(place):
    """One job and two"""
    export = place.material.sample(place.rows, 0.5)
    both = [contestants.csnfil(place, f"{number} job{'s' * (number > 1)}", jobs=number) for number in [1, 2]]
    costs = rounds.in_turn(place, both, export, place.rounds, True, place.work / "out" / "jobs")
    gain = rounds.ratio(costs["1 job"], costs["2 jobs"])
    return [f"Two jobs are {gain:.2f} times as fast as one."], table(costs, "1 job")


def start(place):
    """Starting"""
    costs = [measure.run([place.csnfil, "--version"], log=place.log) for _ in range(20)]
    return ["`csnfil --version`, 20 runs."], [
        ["", "median ms", "least–most ms", "peak MB"],
        ["csnfil --version", f"{1000 * rounds.summary(costs)['median']:.1f}",
         f"{1000 * min(c.wall for c in costs):.1f}–{1000 * max(c.wall for c in costs):.1f}",
         f"{max(c.memory for c in costs) / MB:.0f} (the driver's own {measure.floor() / MB:.0f} count)"]]


def small(place):
    """Many small files at once"""
    rows, files = 200, place.small_files
    folder = place.material.pieces(place.material.sample(rows * files), rows)
    whole = contestants.csnfil(place, f"{files:,} files of {rows} rows in one convert")
    one = contestants.csnfil(place, "the same rows in one file")
    one.call = lambda export, out, call=one.call: call(place.material.sample(rows * files), out)
    costs = rounds.in_turn(place, [whole, one], folder, place.rounds, False, place.work / "out" / "small")
    return [], table(costs, one.name)


def faulty(place):
    """Many faults"""
    exports = {share: place.material.sample(place.rows, share) for share in [0, 0.5, 20]}
    found = []
    for share, export in exports.items():
        one = contestants.csnfil(place, f"{share:g} % of the rows faulty")
        one.call = lambda _, out, call=one.call, export=export: call(export, out)
        one.statuses = lambda _, share=share: (1,) if share else (0,)
        found.append(one)
    costs = rounds.in_turn(place, found, exports[0], place.rounds, True, place.work / "out" / "faulty")
    return [f"{place.rows:,} rows each."], table(costs, found[0].name)


def scale(place):
    """Ten times the rows"""
    found = []
    for rows in [place.rows, 10 * place.rows]:
        one = contestants.csnfil(place, f"{rows:,} rows")
        one.call = lambda _, out, call=one.call, rows=rows: call(place.material.sample(rows, 0.5), out)
        found.append(one)
        place.material.sample(rows, 0.5)
    costs = rounds.in_turn(
        place, found, place.material.sample(place.rows, 0.5), place.scale_rounds, True, place.work / "out" / "scale")
    return ["Ten times the rows should take ten times the time."], table(costs, found[0].name)


def ordered(place):
    """The order of the rows"""
    export = place.material.sample(place.rows, 0.5)
    shuffled = place.material.shuffled(export)
    found = []
    for name, path in {"school by school": export, "in no order": shuffled}.items():
        one = contestants.csnfil(place, name)
        one.call = lambda _, out, call=one.call, path=path: call(path, out)
        found.append(one)
    costs = rounds.in_turn(place, found, export, place.rounds, True, place.work / "out" / "ordered")
    rows = table(costs, found[0].name)
    rows[0].append("bytes a row")
    for row, runs in zip(rows[1:], costs.values()):
        row.append(f"{rounds.summary(runs)['memory'] / place.rows:.0f}")
    return [f"{place.rows:,} rows, 0.5 % faulty."], rows


def nightly(place):
    """A night with a large ledger"""
    return ledger.nights(place)


ALL = {
    "reference": reference, "xml": xml, "xml-out": xml_out, "jobs": jobs, "start": start, "small": small,
    "faulty": faulty, "scale": scale, "ordered": ordered, "nightly": nightly,
}
