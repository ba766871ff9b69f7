#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Why things came as they did: sifang explain. Usage: explain.py PROGRAM SOURCE_FOLDER"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SHORT = ["--set", "scenario.warm_up=60"]


def minutes(text):
    """Of `12 d 03:25` or `12 天 03:25`, signed or not."""
    found = re.fullmatch(r"([−+]?)(\d+) (?:d|天) (\d\d):(\d\d)", text)
    return (-1 if found[1] == "−" else 1) * (int(found[2]) * 1440 + int(found[3]) * 60 + int(found[4])) if found else 0


def table(text, heading):
    """Rows of cells below the line that begins so, to the next empty line."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(heading))
    rows = []
    for line in lines[start + 2:]:
        if not line.strip():
            break
        rows.append([cell.strip() for cell in re.split(r"  +", line)])
    return rows


class Explain(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, "explain", *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def test_a_case_and_what_it_waited_for_add_up(self):
        out, _ = self.call("xiapu-2022", *SHORT, "--case", "20220107-003")
        self.assertIn("Case 20220107-003 of xiapu-2022, replication 0\n", out)
        parts = [minutes(row[1]) for row in table(out, "since")]
        sums = {row[0]: minutes(row[1]) for row in table(out, "waited for")}
        self.assertEqual(sum(parts), sums["whole"])
        self.assertEqual(sum(v for k, v in sums.items() if k not in ("whole", "something, in all")), sums["whole"])
        zh, _ = self.call("xiapu-2022", *SHORT, "--case", "20220107-003", lang="zh")
        self.assertEqual([minutes(row[1]) for row in table(zh, "自")], parts)

    def test_two_policies_side_by_side(self):
        out, _ = self.call("xiapu-2022", "wednesday", *SHORT, "-n", "4")
        counts = {row[0]: row[1] for row in table(out, "under wednesday")}
        self.assertIn("heard earlier", counts)
        again, _ = self.call("xiapu-2022", "wednesday", *SHORT, "-n", "4", "-j", "1")
        self.assertEqual(out, again)
        # The greatest example is what the two stories say.
        row = next(line for line in out.splitlines() if line.startswith("heard earlier"))
        name, number, effect = re.search(r"(\d{8}-\d{3}) of (\d+) \(−(\d+) d\)", row).groups()
        beside, _ = self.call("xiapu-2022", "wednesday", *SHORT, "--case", name, "--replication", number)
        self.assertEqual(beside.count("\n≠"), 1)
        sums = {row[0]: [minutes(cell) for cell in row[1:]] for row in table(beside, "waited for")}
        self.assertEqual(sums["whole"][0], sums["whole"][1])
        for reason, (one, other, *difference) in sums.items():
            self.assertEqual(other - one, difference[0] if difference else 0, reason)
        self.assertGreater(int(effect), 0)
        same, _ = self.call("xiapu-2022", "xiapu-2022", *SHORT, "-n", "2")
        self.assertIn("No fate differs.", same)

    def test_why_a_unit_is_late(self):
        busy = [*SHORT, "--set", "load.multiplier=5"]
        out, _ = self.call("xiapu-2022", *busy, "--unit", "housing")
        late = int(re.search(r"(\d+) were late; (\d+) of them waited longest for: handler without time for it", out)[1])
        self.assertGreater(late, 10)
        rows = table(out, "waited for")
        self.assertEqual(int(rows[-1][1]), late)
        self.assertEqual(sum(int(row[1]) for row in rows[:-1]), late)
        self.assertEqual(sum(minutes(row[2]) for row in rows[:-1]), minutes(rows[-1][2]))
        accept, _ = self.call("xiapu-2022", *busy, "--unit", "housing", "--clock", "accept", lang="zh")
        self.assertIn("到期的受理告知", accept)

    def test_what_cannot_be_explained_is_told(self):
        for arguments, word in ((["xiapu-2022"], "--unit"), (["xiapu-2022", "--unit", "housimg"], "housing"),
                                (["xiapu-2022", "--clock", "accept", "--case", "20220107-003"], "--unit"),
                                (["xiapu-2022", "--unit", "housing", "--case", "20220107-003"], "--case"),
                                (["xiapu-2022", "--case", "20220107-003", "-n", "3"], "--replication"),
                                (["xiapu-2022", "wednesday", "--replication", "3"], "--case"),
                                (["xiapu-2022", "china"], "china"),
                                (["xiapu-2022", "--unit", "housing", "--clock", "review"], "review"),
                                (["xiapu-2022", *SHORT, "--case", "20220107-999"], "nearest: 2022")):
            _, err = self.call(*arguments, code=2)
            lines = [line for line in err.splitlines() if not line.startswith("Set: ")]
            self.assertEqual(len(lines), 1, err)
            self.assertIn(word, lines[0])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
