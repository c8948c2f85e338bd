"""Every workload, every contestant, side by side: python run.py writes RESULTS.md, steps.svg and growth.svg.

Each contestant runs in a process of its own, several rounds one after the other, so that a busy moment of the machine
meets all of them. A gradient that differs from the first contestant's ends the run: correctness first.
"""

import importlib
import json
import math
import os
import platform
import statistics
import subprocess
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
WORKLOADS = ("moons", "mnist", "digits", "ode", "chain", "gpt")
ROUNDS, LIMIT = 7, 120  # seconds
SLOW = 10.0  # seconds of preparation after which one round has to do
TOLERANCE = 1e-9
OURS = "glassgrad program, Numba"
PEERS = ("micrograd", "xad", "casadi", "ddx-ad", "jax", "torch", "numba", "numpy")


def one(workload, name):
    """What ``measure`` says of one contestant, from a process of its own."""
    command = [sys.executable, __file__, workload, name]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, env=environment, cwd=HERE)
    except subprocess.TimeoutExpired:
        return {"missing": f"not ready after {LIMIT} s"}
    if done.returncode:
        raise SystemExit(f"{workload}, {name}:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def compete(workload):
    """All results by name, each a list of rounds."""
    names = [contestant.name for contestant in importlib.import_module(workload).CONTESTANTS]
    results = {name: [] for name in names}
    for turn in range(ROUNDS):
        for name in names:
            before = results[name]
            if turn and ("missing" in before[0] or before[0]["prepare"] > SLOW):
                continue
            result = {"round": turn, **one(workload, name)}
            print(workload, name, {k: v for k, v in result.items() if k != "gradient"}, flush=True)
            if "missing" not in result or not before:  # too slow once, in a busy moment, is not missing
                before.append(result)
                check(workload, results, name)
    return results


def check(workload, results, name):
    """Stop if the gradient differs from that of the first contestant that could be measured."""
    measured = {who: rounds[0]["gradient"] for who, rounds in results.items() if rounds and "gradient" in rounds[0]}
    if name not in measured:
        return
    expected = next(iter(measured.values()))
    gradient = results[name][-1]["gradient"]
    scale = max(map(abs, expected))
    gaps = [abs(a - b) / scale for a, b in zip(gradient, expected, strict=True)]
    if not all(gap < TOLERANCE for gap in gaps):  # a NaN is below nothing
        raise SystemExit(f"{workload}: the gradient of {name} is off by {max(gaps):.2g} of the largest entry")


def table(module, results):
    """One workload as Markdown."""
    ours = results[OURS]
    lines = [
        f"## {module.__name__}",
        "",
        " ".join(module.__doc__.split()),
        "",
        "| | one step, ms | fastest, ms | times the program's | prepare, s | times the program's | load, s | rounds |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, rounds in results.items():
        if "missing" in rounds[0]:
            lines.append(f"| {name} | {rounds[0]['missing']} | | | | | | |")
            continue
        figures = (
            spread([turn["step"] * 1e3 for turn in rounds]),
            short(min(turn["fastest"] for turn in rounds) * 1e3),
            spread(ratios(rounds, ours, "step")),
            spread([turn["prepare"] for turn in rounds]),
            spread(ratios(rounds, ours, "prepare")),
            short(statistics.median(turn["load"] for turn in rounds)),
            str(len(rounds)),
        )
        lines.append(f"| {name} | {' | '.join(figures)} |")
    return "\n".join(lines)


def ratios(theirs, ours, what):
    """Of the rounds that both have: within a round both met the same moments of the machine."""
    matched = {turn["round"]: turn[what] for turn in ours if what in turn}
    return [turn[what] / matched[turn["round"]] for turn in theirs if turn["round"] in matched]


def spread(figures):
    """The median and, in brackets, the lowest and the highest; nothing of no figures."""
    if not figures:
        return ""
    middle, lowest, highest = map(short, (statistics.median(figures), min(figures), max(figures)))
    return f"{middle} ({lowest}-{highest})" if lowest != highest else middle


def short(figure):
    """Two or three digits, which can be read at a glance."""
    if figure < 0.001:
        return "<0.001"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}" if figure >= 1 else f"{figure:.2g}"


def machine():
    """What the figures depend on."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    installed = []
    for name in PEERS:
        try:
            installed.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            installed.append(f"{name} not installed")
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}; {', '.join(installed)}."


INTRODUCTION = """\
# Side by side

Written by `make bench`; only ratios within one run mean anything elsewhere. One step is one gradient with respect to
all parameters, gradients set to zero before (for gpt: with its Adam update): the median of {rounds} rounds and, in
brackets, the lowest and the highest. In a round everybody has a process of its own on one thread, one after the other,
and gives the median of half a second's repeats; "fastest" is the fastest repeat of all. Ratios are taken within a
round, to "glassgrad program, Numba". Prepare is what has to be done once for a graph (recording, freezing, compiling);
load is the imports, once a process, whenever they happen, for glassgrad with its machine code from the disk. All
gradients agree to {tolerance:g} of the largest entry, or there would be no table. Who needs more than {slow:g} s to
prepare has one round, and {limit} s at most.

{machine}"""


def main():
    """Run everything."""
    import charts
    import growth

    parts = [INTRODUCTION.format(rounds=ROUNDS, tolerance=TOLERANCE, slow=SLOW, limit=LIMIT, machine=machine())]
    results = {workload: compete(workload) for workload in WORKLOADS}
    charts.steps(results, HERE / "steps.svg")
    parts.append("![Milliseconds for one step, by workload and contestant](steps.svg)")
    parts += [table(importlib.import_module(workload), found) for workload, found in results.items()]
    parts.append(growth.report(HERE / "growth.svg"))
    (HERE / "RESULTS.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:]:  # one contestant, as ``one`` asks for it
        from measure import measure

        workload, name = sys.argv[1:]
        found = measure(next(c for c in importlib.import_module(workload).CONTESTANTS if c.name == name))
        assert all(map(math.isfinite, found.get("gradient", [])))
        print(json.dumps(found))
    else:
        main()
