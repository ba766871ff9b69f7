#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Every ```cpp block of docs/how-to/*.md and docs/policies.md compiles, and every link and header they name is there.

    how_to.py --compiler g++-12 [--page engine] [--show]

A page is one file for the compiler, so that its headers are read once:

- The `#include` lines of all its blocks come first.
- What stands in a comment `<!-- given … -->` comes next: the names that the page's text introduces in words.
- Each block gets a namespace of its own, with `using namespace sifang;`. Declarations that specialise a template of the
  library stand outside of it, as they have to.
- Declarations (struct, class, enum, template, process, using, static_assert, a comment `///`) come first in a block, each on
  one line or up to a line that is `}` or `};` alone. All that follows is statements, and stands in a function. A block
  with `int main` is declarations as a whole.

Nothing is linked or run. Links and headers are looked up in docs/faq.md and README.md too.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGES = [*sorted((SOURCE / "docs" / "how-to").glob("*.md")), SOURCE / "docs" / "policies.md"]
# What nobody uses in a short block is no mistake; an answer that is thrown away is.
WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused", "-Wno-unused-parameter", "-Wunused-result"]
DECLARES = re.compile(r"(struct|class|enum|template|process|using|static_assert)\b|///")


def blocks_of(lines):
    """The ```cpp blocks as (number of the first line, lines), without the fences."""
    out, at = [], 0
    while at < len(lines):
        if lines[at] != "```cpp":
            at += 1
            continue
        end = lines.index("```", at + 1)
        out.append((at + 2, lines[at + 1:end]))
        at = end + 1
    return out


def parts_of(body):
    """Declarations and statements of a block, as slices of its lines; includes are in neither."""
    code = [i for i, line in enumerate(body) if line.strip() and not line.startswith("#include") and not line.startswith("// SPDX")]
    if not code:
        return slice(0, 0), slice(0, 0)
    begin = code[0]
    if any(line.startswith("int main") for line in body):
        return slice(begin, len(body)), slice(0, 0)
    end = begin
    while end < len(body) and (not body[end].strip() or DECLARES.match(body[end])):
        line = body[end].split("//")[0].rstrip()
        if line and not line.endswith(";"):
            while end < len(body) and body[end] not in ("}", "};"):
                end += 1
        end += 1
    return slice(begin, end), slice(end, len(body))


def program_of(name, text):
    """The page as one file."""
    lines = text.split("\n")
    blocks = blocks_of(lines)
    includes = dict.fromkeys(line for _, body in blocks for line in body if line.startswith("#include"))
    given = re.findall(r"<!-- given\n(.*?)-->", text, re.DOTALL)
    includes.update(dict.fromkeys(line for one in given for line in one.split("\n") if line.startswith("#include")))
    out = [*includes, "using namespace sifang;"]
    for one in given:
        out += [line for line in one.split("\n") if not line.startswith("#include")]

    def part(first, body, which):
        if body[which]:
            out.append(f'#line {first + which.start} "{name}"')
            out.extend(body[which])

    for first, body in blocks:
        declarations, statements = parts_of(body)
        outside = any(line.startswith("template <>") for line in body[declarations])
        if outside:
            part(first, body, declarations)
        out.append(f"namespace block_{first} {{\nusing namespace sifang;")
        if not outside:
            part(first, body, declarations)
        out.append("void statements() {")
        part(first, body, statements)
        out.append("}\n}")
    return "\n".join(out) + "\n", len(blocks)


def lost_links(path, text):
    """Links to files and names of headers that lead nowhere."""
    out, in_block = [], False
    for number, line in enumerate(text.split("\n"), 1):
        in_block ^= line.startswith("```")
        if in_block:
            continue
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", line):
            if not (path.parent / link).exists():
                out.append(f"{path.relative_to(SOURCE)}:{number}: there is no {link}")
        for header in re.findall(r"`(?:sifang/)?((?:[a-z_]+/)*[a-z_]+\.hpp)`", line):
            places = [SOURCE / "include" / "sifang" / header, SOURCE / header]
            if not any(place.exists() for place in places):
                out.append(f"{path.relative_to(SOURCE)}:{number}: there is no header {header}")
    return out


def own_rules_hold():
    """The reading of blocks can tell declarations from statements."""
    statements = ["#include <x>", "", "for (;;) {", "}"]
    assert parts_of(statements) == (slice(2, 2), slice(2, 4))
    both = ["/// It.", "struct a {", "};", "enum b { c };  // d", "", "a one;", "for (;;) {", "}"]
    assert parts_of(both) == (slice(0, 5), slice(5, 8))
    assert parts_of(["// SPDX-x", "int main() {", "}"])[0] == slice(1, 3)
    text, count = program_of("page.md", "<!-- given\nextern int k;\n-->\n```cpp\n#include <y>\nint i = k;\n```\n")
    assert count == 1 and text.startswith("#include <y>\n") and text.index("extern int k") < text.index('#line 6 "page.md"')


def main():
    own_rules_hold()
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--compiler", default="c++")
    options.add_argument("--page", help="only this one, by its name without .md")
    options.add_argument("--show", action="store_true", help="print what would be compiled")
    options = options.parse_args()
    command = [options.compiler, "-std=c++20", "-fsyntax-only", *WARNINGS, "-I", str(SOURCE / "include"), "-x", "c++", "-"]

    def check(path):
        name = str(path.relative_to(SOURCE))
        program, blocks = program_of(name, path.read_text(encoding="utf-8"))
        if options.show:
            return program, blocks
        done = subprocess.run(command, input=program, capture_output=True, text=True)
        return "" if done.returncode == 0 else f"{name} does not compile:\n{done.stderr}", blocks

    pages = [path for path in PAGES if options.page in (None, path.stem)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(check, pages))
    if options.show:
        print("\n".join(program for program, _ in found))
        return 0
    wrong = [problem for problem, _ in found if problem]
    for path in [*PAGES, SOURCE / "docs" / "faq.md", SOURCE / "README.md"]:
        wrong += lost_links(path, path.read_text(encoding="utf-8"))
    blocks = sum(count for _, count in found)
    if options.page is None and (len(pages) < 10 or blocks < 60):
        wrong.append("fewer pages or blocks than there are")
    print("\n".join(wrong))
    print(f"{blocks} blocks on {len(pages)} pages, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
