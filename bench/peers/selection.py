#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Selection of the best beside sim-tools (PyPI), on the same drawn values: first whether KN agrees, then how often each is right and how
many replications it takes.

Usage: selection.py [--trials N] [--compiler c++]. Ends with 77 where the package is not there (pip install sim-tools).

Two systems are the check: there both have the same variance of the difference, and KN has to select the same system after the same number
of replications in every trial. Ends with 1 if it does not.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from sim_tools.ovs.fixed_budget import OCBA
    from sim_tools.ovs.indifference_zone import KN, KNPlusPlus
except ImportError as missing:
    print(f"{missing}: nothing is checked")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
DELTA, FIRST, LONGEST = 0.3, 20, 3000


class Values:
    """Systems whose replications were drawn before; the same numbers as sifang gets."""

    def __init__(self, values):
        self.values, self.observers, self.at = values, [], np.zeros(len(values), dtype=int)

    def register_observer(self, observer):
        self.observers.append(observer)

    def simulate(self, system):
        if self.at[system] == self.values.shape[1]:
            raise StopIteration
        value = self.values[system, self.at[system]]
        self.at[system] += 1
        for observer in self.observers:
            observer.feedback(self, system, value)

    def taken(self):
        return int(self.at.sum())


def drawn(rng, means, deviations, alike, trials):
    """Normal systems; `alike` is their correlation in replications of the same number. The best stands last."""
    shape = (trials, len(means), LONGEST)
    noise = np.sqrt(1 - alike) * rng.standard_normal(shape)
    if alike:
        noise += np.sqrt(alike) * rng.standard_normal((trials, 1, LONGEST))
    return np.asarray(means)[None, :, None] + np.asarray(deviations)[None, :, None] * noise


def theirs(make, values):
    """Selected system (-1: none) and replications. Their KN++ can screen out everybody, and would then go on for ever."""
    model = Values(values)
    method = make(model)
    if isinstance(method, KNPlusPlus):
        stopping = method._stopping
        method._stopping = lambda: stopping() or len(method._contenders) == 0
    try:
        found = np.atleast_1d(method.solve())
    except StopIteration:
        return -1, model.taken()
    after = 0 if isinstance(method, OCBA) else len(found)  # KN and KN++ replicate once more when all is decided
    return (int(found[0]) if len(found) == 1 else -1), model.taken() - after


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trials", type=int, default=200)
    options.add_argument("--compiler", default="c++")
    options = options.parse_args()
    rng = np.random.default_rng(2022)
    slippage, steps = [0.0] * 9 + [DELTA], [DELTA * k for k in range(10)]
    rising, falling = [0.5 + 0.15 * k for k in range(10)], [0.5 + 0.15 * (9 - k) for k in range(10)]
    cases = [
        ("2 systems δ apart", [0, DELTA], [1, 1], 0, 120),
        ("10, slippage", slippage, [1] * 10, 0, 300),
        ("10, means δ apart", steps, [1] * 10, 0, 300),
        ("10, slippage, the best varies most", slippage, rising, 0, 500),
        ("10, slippage, the best varies least", slippage, falling, 0, 300),
        ("10, slippage, correlation 0.8", slippage, [1] * 10, 0.8, 300),
    ]
    agreed = True
    with tempfile.TemporaryDirectory() as folder:
        program, file = f"{folder}/selection_values", f"{folder}/values"
        subprocess.run([options.compiler, "-std=c++20", "-O2", "-DNDEBUG", "-I", HERE.parents[1] / "include", HERE / "models" / "selection_values.cpp",
                        "-o", program], check=True)
        print("| 95 % asked, δ = 0.3, 20 at first | KN: the same trials | KN right, of how many | theirs | KN++ right, of how many | theirs | OCBA right | on common numbers | theirs |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        for name, means, deviations, alike, budget in cases:
            values = drawn(rng, means, deviations, alike, options.trials)
            values.tofile(file)
            size = len(means)
            out = subprocess.run([program, file, str(options.trials), str(size), str(LONGEST), str(DELTA), str(FIRST), str(budget + FIRST * size)], check=True,
                                 capture_output=True, text=True).stdout
            ours = np.array([[int(x) for x in line.split()] for line in out.splitlines()])
            makers = [lambda m: KN(m, size, DELTA, 0.05, FIRST, "max"), lambda m: KNPlusPlus(m, size, DELTA, 0.05, FIRST, "max"),
                      lambda m: OCBA(m, size, budget + FIRST * size, 10, FIRST, "max")]
            if size == 2:
                makers[2] = makers[0]  # theirs needs three systems; not shown
            peers = np.array([[x for make in makers for x in theirs(make, trial)] for trial in values])
            same = np.all(ours[:, :2] == peers[:, :2], axis=1)
            agreed = agreed and (size > 2 or bool(same.all()))

            def cell(table, at):
                return f"{100 * np.mean(table[:, at] == size - 1):.1f}, {np.mean(table[:, at + 1]):.0f}"

            print(f"| {name} | {100 * same.mean():.0f} % | {cell(ours, 0)} | {cell(peers, 0)} | {cell(ours, 2)} | {cell(peers, 2)} | "
                  f"{100 * np.mean(ours[:, 4] == size - 1):.1f} | {100 * np.mean(ours[:, 6] == size - 1):.1f} | {f'{100 * np.mean(peers[:, 4] == size - 1):.1f}' if size > 2 else '–'} |", flush=True)
    print("KN agrees where it can be compared." if agreed else "KN DOES NOT AGREE.")
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
