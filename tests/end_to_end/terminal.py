#!/usr/bin/env python3
"""The program in a terminal: tables that fit, weeks as small bars, results as JSON, what shells complete with, the manual page.

Usage: terminal.py PROGRAM SOURCE_FOLDER
"""
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BARS = re.compile("[▁▂▃▄▅▆▇█]{8,}")
COLUMNS = 100


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def rows_of_options():
    """Options by verb, as help has them: the table that everything else is made from."""
    out = {}
    for verb in re.findall(r"(?m)^  (\w+) ", call("--help", "--lang", "en").split("Options:")[0].split("Verbs:")[1]):
        out[verb] = re.findall(r"(?m)^  (?:-\w, |    )(--[\w-]+)(?: (\S+))?", call(verb, "--help", "--lang", "en"))
    return out


def call(*words, code=0, folder=None, **named):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8", **named}, timeout=300)
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return done.stdout if code == 0 else done.stderr


class Terminal(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def call(self, *words, **named):
        return call(*words, folder=self.folder.name, **named)

    def on_a_terminal(self, *words, **named):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, *words], stdout=theirs, stderr=subprocess.DEVNULL, cwd=self.folder.name, env={**os.environ, **named})
        os.close(theirs)
        out = b""
        try:
            while some := os.read(ours, 65536):
                out += some
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(ours)
        self.assertEqual(process.wait(), 0)
        return out.decode("utf-8", errors="replace").replace("\r\n", "\n")

    def run_bash(self, script):
        path = os.path.join(self.folder.name, "sifang.bash")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.call("completion", "bash"))
        done = subprocess.run(["bash", "--norc", "-c", f"source {path}\n{script}"], capture_output=True, text=True, cwd=self.folder.name)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def completed(self, *words):
        """What bash would offer for the last word; words are as COMP_WORDBREAKS parts them."""
        line = " ".join(f"'{w}'" for w in ("sifang", *words))
        return self.run_bash(f"compopt() {{ :; }}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _sifang; printf '%s\\n' \"${{COMPREPLY[@]}}\"")


class Tables(Terminal):
    def test_run_and_compare_end_with_tables_that_fit_whatever_is_asked(self):
        many = [w for k in range(2, 8) for w in ("--set", f"session.principal.receivers={k} && load.multiplier=1.{k}")]
        asked = [("en", ["run", "xiapu-2022", "--controls", "-n", "16"]), ("zh", ["run", "xiapu-2022", "-n", "2"]), ("en", ["compare", "xiapu-2022", *many, "-n", "2", "--unknowns", "0"]),
                 ("zh", ["compare", "xiapu-2022", "wednesday", "two-days-a-month", "one-principal", "-n", "2", "--unknowns", "0"]),
                 ("en", ["compare", "xiapu-2022", "wednesday", "--unknowns", "3", "--inner", "2", "-n", "16"])]
        for language, words in asked:
            said = self.call("--lang", language, *words, "-fo", "o")
            said = said[said.index("指标" if language == "zh" else "metric"):]  # what was set is echoed as it was written
            for line in said.split("\n"):
                self.assertLessEqual(width(line), COLUMNS, line)
            self.assertGreater(len(said.split("\n")), 15)

    def test_weeks_are_drawn_on_a_terminal_that_can_show_them_alone(self):
        run = ("--lang", "en", "run", "xiapu-2022", "-n", "2", "-fo", "o")
        said = self.on_a_terminal(*run, LC_ALL="C.UTF-8")
        self.assertEqual(len(BARS.findall(said)), 5)
        self.assertRegex(said, r"(?m)^Open cases +\d[\d.]* +\d[\d.]* +[▁▂▃▄▅▆▇█]+$")
        for line in said.split("\n"):
            self.assertLessEqual(width(line), COLUMNS, line)
        plain = self.call(*run)
        without = "\n".join(line for line in said.split("\n") if not BARS.search(line) and "week by week" not in line)
        self.assertEqual(re.sub(r"\n-[ -]+\n\n(?=xiapu-2022: )", "\n", without), plain)
        for named in ({"LC_ALL": "C"}, {"LC_ALL": "zh_CN.GBK"}):
            self.assertIsNone(BARS.search(self.on_a_terminal(*run, **named)))
        both = self.on_a_terminal("--lang", "zh", "compare", "xiapu-2022", "wednesday", "-n", "2", "-fo", "o", LC_ALL="C.UTF-8")
        self.assertEqual(len(BARS.findall(both)), 10)
        self.assertIn("在办件", both)

    def test_json_is_the_results_file_and_nothing_else(self):
        for words in (["run", "xiapu-2022", "--set", "load.multiplier=1.1", "--controls"], ["compare", "xiapu-2022", "wednesday"]):
            said = self.call(*words, "-n", "2", "--json", "--stats", "-fo", "o", "--cases-out", "cases.csv")
            with open(os.path.join(self.folder.name, "o/results.json"), encoding="utf-8") as file:
                self.assertEqual(said, file.read())
            self.assertEqual(json.loads(said)["kind"], words[0])
            os.remove(os.path.join(self.folder.name, "cases.csv"))
        done = subprocess.run([PROGRAM, "run", "xiapu-2022", "-n", "2", "--json", "-fo", "o"], capture_output=True, text=True, cwd=self.folder.name)
        self.assertEqual(done.stderr, "")
        self.assertNotEqual(self.call("run", "no-such", "--json", code=2), "")


class Completion(Terminal):
    def test_bash_completes_every_verb_and_every_option_of_each(self):
        table = rows_of_options()
        self.assertGreaterEqual(len(table), 25)
        self.assertEqual(sorted(self.completed("")), sorted(table))
        for verb, options in table.items():
            self.assertEqual(sorted(self.completed(verb, "--")), sorted({name for name, _ in options}), verb)

    def test_bash_completes_values(self):
        os.mkdir(os.path.join(self.folder.name, "folder"))
        for name in ("own.toml", "ledger.csv"):
            open(os.path.join(self.folder.name, name), "w", encoding="utf-8").close()
        self.assertEqual(self.completed("run", "xiapu-2"), ["xiapu-2022"])
        self.assertIn("own.toml", self.completed("compare", "xiapu-2022", "own"))
        self.assertEqual(self.completed("run", "--out", "f"), ["folder"])
        self.assertEqual(self.completed("run", "xiapu-2022", "--cases", "led"), ["ledger.csv"])
        self.assertEqual(self.completed("roster", "--format", ""), ["table", "csv"])
        self.assertEqual(self.completed("--lang", ""), ["zh", "en"])
        self.assertEqual(self.completed("--lang", "zh", "com"), ["compare", "completion"])
        self.assertEqual(self.completed("run", "--lang", "=", "z"), ["zh"])
        self.assertEqual(self.completed("run", "--lang", "="), ["zh", "en"])
        self.assertEqual(self.completed("run", "-s", "load.mult"), ["load.multiplier="])
        self.assertIn("session.principal.recur=", self.completed("sweep", "--vary", "session.principal"))
        self.assertEqual(self.completed("select", "--metric", "heard_1"), ["heard_15d"])
        self.assertEqual(self.completed("compare", "--matters", "heard_1"), ["heard_15d="])
        self.assertEqual(self.completed("completion", "z"), ["zsh"])
        self.assertEqual(self.completed("run", "--replications", ""), [])

    def test_zsh_and_fish_have_every_option_too(self):
        table = rows_of_options()
        for shell, form in (("zsh", "{}"), ("fish", "-l {}")):
            for language in ("en", "zh"):
                script = self.call("completion", shell, "--lang", language)
                self.assertEqual(CHINESE.search(script) is not None, language == "zh", shell)
                for verb, options in table.items():
                    self.assertRegex(script, rf"(?m){re.escape(verb)}\b")
                    for name, _ in options:
                        self.assertIn(form.format(name if shell == "zsh" else name[2:]), script)
                path = os.path.join(self.folder.name, shell)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(script)
                if shutil.which(shell):
                    done = subprocess.run([shell, "-n", path], capture_output=True, text=True)
                    self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), shell)
        if shutil.which("fish"):
            def offered(line):
                done = subprocess.run(["fish", "--no-config", "-c", f"source {path}; complete -C '{line}'"], capture_output=True, text=True, cwd=self.folder.name,
                                      env={**os.environ, "HOME": self.folder.name})
                return [row.split("\t")[0] for row in done.stdout.split("\n") if row]
            self.assertEqual(sorted(offered("sifang ")), sorted(table))
            self.assertIn("load.multiplier=", offered("sifang run --set load.mult"))
            self.assertIn("xiapu-2022", offered("sifang run xiapu-2"))
            self.assertEqual(offered("sifang roster --format "), ["csv", "table"])
        if shutil.which("zsh"):
            # What stands behind a colon is a message, an action; a wrong specification is told when it is first used.
            done = subprocess.run(["zsh", "-fc", f"autoload -Uz compinit && compinit -D -u && source {os.path.join(self.folder.name, 'zsh')} 2>&1 | head -5"],
                                  capture_output=True, text=True, cwd=self.folder.name, env={**os.environ, "HOME": self.folder.name})
            self.assertNotIn("parse error", done.stdout + done.stderr)

    def test_another_shell_is_refused(self):
        self.assertIn("expected bash, zsh or fish; found 'tcsh'", self.call("completion", "tcsh", code=2))
        self.assertIn("应为 bash、zsh 或 fish 之一；实际为“tcsh”", self.call("--lang", "zh", "completion", "tcsh", code=2))
        self.call("completion", code=2)


class Manual(Terminal):
    def test_the_manual_page_has_every_verb_and_option_in_both_languages(self):
        for language in ("en", "zh"):
            page = self.call("man", "--lang", language)
            self.assertEqual(CHINESE.search(page) is not None, language == "zh")
            for verb, options in rows_of_options().items():
                part = page.split(f"\n.SS {verb}\n")[1].split("\n.SS ")[0]
                for name, value in options:
                    if name not in ("--help", "--lang"):
                        self.assertIn("\\fB" + name.replace("-", "\\-") + "\\fR", part, verb)
            self.assertEqual(re.findall(r"(?m)^[.'](?!TH |SH |SS |TP$|PP$).*$", page), [])
            if shutil.which("groff"):
                done = subprocess.run(["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z"], input=page, capture_output=True, text=True)
                self.assertEqual((done.returncode, [w for w in done.stderr.split("\n") if w and "break" not in w and "adjust" not in w]), (0, []))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1, warnings="ignore")
