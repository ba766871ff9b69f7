#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Every precondition that a public header names (\\pre) is asserted in the body that follows it, or stands below with the reason.

    preconditions.py [--list]

The body is that of the function, constructor or class after the comment, with what it calls left out.
"""
import pathlib
import re
import sys

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include" / "sifang"

# File and the words that follow \pre: why no SIFANG_ASSERT stands in the body.
ELSEWHERE = {
    ("assign/ownership.hpp", "whoever is named exists"): "exists() asserts it",
    ("calendar/recurrence.hpp", "first <= from"): "the definition below the class asserts it",
    ("stats/survival.hpp", "no time is negative"): "the definition below the class asserts it",
    ("stats/survival.hpp", "0 <= already <= t"): "the definition below the class asserts it",
    ("calendar/schedule.hpp", "no rule `needs_start()`"): "includes() asserts it",
    ("io/csv.hpp", "row < size()"): "at() asserts it",
    ("io/json_writer.hpp", "the innermost thing that is open is a"): "close() asserts that one is open",
    ("io/output_directory.hpp", "nobody else is at it"): "nobody can look into another process; open() calls it under the lock",
    ("io/sweep_grid.hpp", "cell < size()"): "values() asserts it",
    ("stats/comparison.hpp", "the moments are of as many replications"): "moments do not know how many",
    ("stats/interval_of_moments.hpp", "the sums are of as many replications"): "sums do not know how many",
    ("stats/ratio_pair_sums.hpp", "all three saw the same replications"): "sums do not know how many",
    ("stats/ratio_sums.hpp", "as many replications were seen"): "sums do not know how many",
    ("assign/case_graph.hpp", "the case is known"): "set_open asserts it",
    ("assign/optimal_assignment.hpp", "not removed"): "checked() asserts it, and row_of() the rest",
    ("reception/plan.hpp", "first <= last"): "the constructor of `session_dates` asserts it",
    ("random/random.hpp", "purpose < 2^12"): "counter() asserts it",
    ("random/random.hpp", "as `block`"): "counter() asserts it",
    ("engine/theory.hpp", "as `mmc`"): "mm1 is mmc",
    ("engine/theory.hpp", "as `mg1`"): "it asks mg1",
    ("engine/theory.hpp", "arrivals and service finite"): "md1 asks mg1",
    ("engine/theory_poisson.hpp", "0 <= mean <= 1e8; asserted, and with"): "earlier_arrivals asks poisson_probabilities",
}


def body_after(text, at):
    """The definition after the comment that `at` stands in: to its closing brace, or to the semicolon of a declaration."""
    line = text.rfind("\n", 0, at) + 1
    if "///<" in text[line:at]:
        return text[line:text.find("\n", at)]
    while text[line:].lstrip().startswith("///"):
        line = text.find("\n", line) + 1
    depth = parentheses = 0
    for i in range(line, len(text)):
        c = text[i]
        parentheses += (c == "(") - (c == ")")
        if parentheses > 0:
            continue  # a default argument may have braces
        if c == "{":
            depth += 1
        elif c == "}":
            depth -= 1
            # An initialiser of a member ends in a brace too; its body is still to come.
            if depth == 0 and not re.match(r"\s*[,{]", text[i + 1:i + 80]):
                return text[line:i + 1]
        elif c == ";" and depth == 0:
            return text[line:i + 1]
    return text[line:]


found, unused = [], set(ELSEWHERE)
for header in sorted(INCLUDE.rglob("*.hpp")):
    text, name = header.read_text(encoding="utf-8"), str(header.relative_to(INCLUDE))
    for match in re.finditer(r"\\pre\s+(.*)", text):
        words = match.group(1).strip()
        known = next((key for key in ELSEWHERE if key[0] == name and words.startswith(key[1])), None)
        asserted = "SIFANG_ASSERT" in body_after(text, match.start())
        if known is not None:
            unused.discard(known)
        elif not asserted:
            found.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}: expected an assertion of this precondition: {words}")
found += [f"{key[0]}: expected a precondition that begins '{key[1]}', as listed in {pathlib.Path(__file__).name}; found none" for key in sorted(unused)]
print("\n".join(found))
print(f"{len(found)} preconditions without an assertion")
sys.exit(1 if found else 0)
