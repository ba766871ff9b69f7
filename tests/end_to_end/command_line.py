#!/usr/bin/env python3
"""What the words of a command line mean, what is said of wrong ones, and in which language and characters.

Usage: command_line.py PROGRAM SOURCE_FOLDER
"""
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SCENARIOS = os.path.join(SOURCE, "simulations", "scenarios")
VERBS = ("run", "pilot", "compare", "sweep", "nation", "calibrate", "bottlenecks", "list", "check", "roster", "office", "forecast", "new", "report", "diff", "theory", "explain", "select", "sensitivity", "optimise",
         "ledger", "replay", "anonymise", "fit", "migrate", "completion", "man")
CHINESE = re.compile("[\u4e00-\u9fff]")
LOCALE_NAMES = ("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE")

# (command line, the word that must be named, the word that must be suggested or None)
WRONG = [
    # verbs
    (["comapre", "xiapu-2022", "wednesday"], "comapre", "compare"),
    (["rnu", "xiapu-2022"], "rnu", "run"),
    (["RUN", "xiapu-2022"], "RUN", "run"),
    (["swep", "xiapu-2022"], "swep", "sweep"),
    (["chek", "xiapu-2022"], "chek", "check"),
    (["rooster", "xiapu-2022"], "rooster", "roster"),
    (["raport", "out"], "raport", "report"),
    (["theroy"], "theroy", "theory"),
    (["lits"], "lits", "list"),
    (["comp", "xiapu-2022"], "comp", "compare"),
    (["fly"], "fly", None),
    (["运行", "xiapu-2022"], "运行", None),
    (["help", "comapre"], "comapre", "compare"),
    (["xiapu-2022"], "xiapu-2022", "run xiapu-2022"),
    (["mine.toml", "--set", "a=1"], "mine.toml", "run mine.toml"),
    (["--out", "here", "rnu", "xiapu-2022"], "rnu", "run"),
    # options
    (["run", "xiapu-2022", "--replication", "2"], "--replication", "--replications"),
    (["run", "xiapu-2022", "--replication=2"], "--replication", "--replications"),
    (["run", "--replication", "2", "xiapu-2022"], "--replication", "--replications"),
    (["run", "xiapu-2022", "--thread", "2"], "--thread", "--threads"),
    (["run", "xiapu-2022", "--froce"], "--froce", "--force"),
    (["run", "--froce", "xiapu-2022"], "--froce", "--force"),
    (["run", "xiapu-2022", "--FORCE"], "--FORCE", "--force"),
    (["run", "xiapu-2022", "--repl", "2"], "--repl", "--replications"),
    (["run", "xiapu-2022", "-set", "load.multiplier=2"], "-set", "--set"),
    (["run", "xiapu-2022", "-out", "x"], "-out", "--out"),
    (["run", "xiapu-2022", "—set", "load.multiplier=2"], "—set", "--set"),
    (["run", "xiapu-2022", "——out", "x"], "——out", "--out"),
    (["run", "xiapu-2022", "–replications", "2"], "–replications", "--replications"),
    (["run", "xiapu-2022", "--output", "x"], "--output", None),
    (["run", "xiapu-2022", "--case-out", "x"], "--case-out", "--cases-out"),
    (["run", "xiapu-2022", "--case", "x"], "--case", "--cases"),
    (["sweep", "xiapu-2022", "--cases-out", "x"], "--cases-out", "run"),
    (["explain", "xiapu-2022", "--cases-out", "x"], "--cases-out", "run"),
    (["run", "xiapu-2022", "--histories", "0"], "--histories", "--cases-out"),
    (["run", "xiapu-2022", "-n", "3", "--cases-out", "x", "--histories", "3"], "--histories", None),
    (["run", "xiapu-2022", "-n", "3", "--cases-out", "x", "--histories", "0;2"], "'0;2'", "0,3-5"),
    (["run", "xiapu-2022", "--cases-out", "same.csv", "--events-out", "same.csv"], "same.csv", None),
    (["explain", "xiapu-2022"], "--case", None),
    (["explain", "--case", "20220107-003"], "SCENARIO", None),
    (["new"], "COUNTY", None),
    (["new", "350821", "--table", "mine.csv"], "--table", None),
    (["new", "--table", "no-such.csv"], "no-such.csv", None),
    (["new", "350821"], "--divisions", None),
    (["new", "350821", "--divisions", "no-such-folder"], "no-such-folder", None),
    (["new", "350821", "--divisions", "x", "--population", "0"], "'0'", None),
    (["new", "350821", "--divisions", "x", "--population", "many"], "many", None),
    (["new", "350821", "--divisions", "x", "--links", "lod"], "lod", "load"),
    (["new", "350821", "--divisions", "x", "--template", "xiapu-2202"], "xiapu-2202", "xiapu-2022"),
    (["new", "350821", "350822", "--divisions", "x"], "350822", None),
    (["office"], "SCENARIO", None),
    (["forecast", "no-such.csv", "xiapu-2022"], "--on", None),
    (["forecast", "no-such.csv", "xiapu-2022", "--on", "2022-09-05"], "no-such.csv", None),
    (["forecast", "no-such.csv", "xiapu-2022", "--on", "2022-02-30"], "2022-02-30", None),
    (["forecast", "no-such.csv", "--on", "2022-09-05"], "SCENARIO", None),
    (["forecast", "no-such.csv", "xiapu-2022", "--on", "2022-09-05", "--out", "same.csv", "--units-out", "same.csv"], "same.csv", None),
    (["office", "xiapu-2022", "--replication", "-1"], "-1", None),
    (["office", "xiapu-2022", "--replications", "3"], "--replications", "run"),
    (["explain", "xiapu-2022", "--case", "7"], "'7'", "20220315-007"),
    (["explain", "xiapu-2022", "--case", "20220107-999"], "20220107-999", "--cases-out"),
    (["explain", "xiapu-2022", "--case", "20220107-003", "--replication", "-1"], "-1", None),
    (["run", "xiapu-2022", "--nonsense"], "--nonsense", None),
    (["run", "xiapu-2022", "-x"], "-x", None),
    (["run", "xiapu-2022", "-5"], "-5", None),
    (["run", "xiapu-2022", "-fx"], "-fx", None),
    (["run", "xiapu-2022", "--vary", "load.multiplier=1|2"], "--vary", "sweep"),
    (["run", "xiapu-2022", "--common", "load.multiplier=1"], "--common", "compare"),
    (["check", "xiapu-2022", "--replications", "3"], "--replications", "run"),
    (["check", "xiapu-2022", "-n", "3"], "-n", "run"),
    (["list", "--all"], "--all", "check"),
    (["roster", "xiapu-2022", "--form", "2022-09-01"], "--form", "--format"),
    (["roster", "xiapu-2022", "--formt", "csv"], "--formt", "--format"),
    (["theory", "--quiet"], "--quiet", "run"),
    (["--versoin"], "--versoin", "--version"),
    (["run", "xiapu-2022", "--halp"], "--halp", "--help"),
    (["sweep", "xiapu-2022", "--vayr=load.multiplier=1|2"], "--vayr", "--vary"),
    (["sweep", "xiapu-2022", "--vayr", "load.multiplier=1|2"], "--vayr", "--vary"),
    (["run", "--foo", "xiapu-2022"], "--foo", None),
    (["run", "-q", "xiapu-2022"], "-q", None),
    # values
    (["run", "xiapu-2022", "--out"], "--out", None),
    (["run", "xiapu-2022", "--set"], "--set", None),
    (["run", "xiapu-2022", "-n"], "-n", None),
    (["run", "xiapu-2022", "--out", "--force"], "--force", None),
    (["run", "xiapu-2022", "--set", "-f"], "-f", None),
    (["run", "xiapu-2022", "--out="], "--out", None),
    (["run", "xiapu-2022", "--out", ""], "--out", None),
    (["run", "xiapu-2022", "--force=yes"], "yes", None),
    (["run", "xiapu-2022", "--replications", "many"], "many", None),
    (["run", "xiapu-2022", "--replications", "0"], "'0'", None),
    (["run", "xiapu-2022", "--replications", "-5"], "-5", None),
    (["run", "xiapu-2022", "--replications", "2.5"], "2.5", None),
    (["run", "xiapu-2022", "--replications", "1e3"], "1e3", None),
    (["run", "xiapu-2022", "--replications", "99999999999"], "99999999999", None),
    (["run", "xiapu-2022", "--replications", "２０"], "２０", None),
    (["run", "xiapu-2022", "-nmany"], "many", None),
    (["run", "xiapu-2022", "-j", "0"], "'0'", None),
    (["theory", "-n", "1"], "'1'", None),
    (["run", "xiapu-2022", "-n", "2", "--replications", "3"], "'3'", None),
    (["run", "xiapu-2022", "--out", "a", "-o", "b"], "'b'", None),
    (["roster", "xiapu-2022", "--format", "cvs"], "cvs", "csv"),
    (["roster", "xiapu-2022", "--format", "CSV"], "CSV", "csv"),
    (["--lang", "cn", "list"], "cn", None),
    (["--lang", "zh_CN", "list"], "zh_CN", None),
    (["list", "--lang"], "--lang", None),
    (["roster", "xiapu-2022", "--from", "2022-02-30"], "2022-02-30", None),
    (["roster", "xiapu-2022", "--to", "tomorrow"], "tomorrow", None),
    (["run", "xiapu-2022", "--cases", "no-such.csv"], "no-such.csv", None),
    # words
    (["run"], "SCENARIO", None),
    (["roster"], "SCENARIO", None),
    (["check"], None, None),
    (["compare"], "SCENARIO", None),
    (["compare", "xiapu-2022"], "compare", None),
    (["report"], "FOLDER", None),
    (["sweep", "xiapu-2022"], "--vary", None),
    (["nation", "china"], "--divisions", None),
    (["select", "xiapu-2022", "wednesday"], "--metric", None),
    (["select", "xiapu-2022", "wednesday", "--metrc", "heard_15d"], "--metrc", "--metric"),
    (["select", "xiapu-2022", "wednesday", "--metric", "heard_15d", "--budget", "0"], "--budget", None),
    (["calibrate", "xiapu-2022"], "--targets", None),
    (["calibrate", "--targets", "xiapu-2022"], "SCENARIO", None),
    (["calibrate", "xiapu-2022", "--targets", "no-such.toml"], "no-such.toml", None),
    (["calibrate", "xiapu-2022", "--target", "x.toml"], "--target", "--targets"),
    (["calibrat", "xiapu-2022"], "calibrat", "calibrate"),
    (["sweep", "xiapu-2022", "--vary", "choice.climb=0..1"], "--vary", "--samples"),
    (["bottlenecks", "xiapu-2022", "--metric", "on_time_reply"], "on_time_reply", "on_time_reply_rate"),
    (["bottleneck", "xiapu-2022"], "bottleneck", "bottlenecks"),
    (["bottlenecks"], "SCENARIO", None),
    (["optimise", "xiapu-2022"], "--targets", None),
    (["optimise", "xiapu-2022", "--targets", "no-such.toml"], "no-such.toml", None),
    (["optimize", "xiapu-2022"], "optimize", "optimise"),
    (["run", "xiapu-2022", "wednesday"], "wednesday", "compare"),
    (["check", "xiapu-2022", "wednesday"], "wednesday", None),
    (["theory", "5"], "'5'", None),
    (["list", "metrics"], "metrics", None),
    (["run", ""], "''", None),
    (["run", "--", "--force"], "--force", None),
    ([], "sifang --help", None),
    # scenarios
    (["run", "wendesday"], "wendesday", "wednesday"),
    (["run", "xiapu-2202"], "xiapu-2202", "xiapu-2022"),
    (["run", "Wednesday"], "Wednesday", "wednesday"),
    (["run", "xiapu"], "xiapu", "xiapu-2022"),
    (["run", "wednesday.tmol"], "wednesday.tmol", "wednesday"),
    (["check", "one-principa"], "one-principa", "one-principal"),
    (["roster", "two-days"], "two-days", "two-days-a-month"),
    (["compare", "xiapu-2022", "wendesday"], "wendesday", "wednesday"),
    (["compare", "wendesday", "--set", "load.multiplier=1", "--set", "load.multiplier=2"], "wendesday", "wednesday"),
    (["sweep", "xiapu-2202", "--vary", "load.multiplier=1"], "xiapu-2202", "xiapu-2022"),
    (["run", "nowhere-at-all"], "nowhere-at-all", None),
    (["run", "./mnie.toml"], "./mnie.toml", "./mine.toml"),
    (["run", "mnie.toml"], "mnie.toml", "mine.toml"),
    (["run", "no/such/folder.toml"], "no/such/folder.toml", None),
    # settings
    (["run", "xiapu-2022", "--set", "load.multiplier"], "load.multiplier", None),
    (["run", "xiapu-2022", "--set", "=2"], "=2", None),
    (["run", "xiapu-2022", "--set", "load.multiplier="], "load.multiplier", None),
    (["run", "xiapu-2022", "--set", "load.multiplier=1;load.visit_share=2"], "1;load.visit_share=2", None),
    (["run", "xiapu-2022", "--set", "load.multiplier=2 x"], "2 x", None),
    (["run", "xiapu-2022", "--set", "load.multiplier=2 # twice"], "2 # twice", None),
    (["run", "xiapu-2022", "--set", "load.multiplier=2, 3"], "2, 3", None),
    (["run", "xiapu-2022", "--set", "load.multiplier=1\nload.visit_share=2"], "1 load.visit_share=2", None),
    (["run", "xiapu-2022", "--set", "load.multiplyer=2"], "load.multiplyer", "load.multiplier"),
    (["run", "xiapu-2022", "-s", "multiplier=2"], "multiplier", "load.multiplier"),
]


def environment(**named):
    return {**{k: v for k, v in os.environ.items() if k not in LOCALE_NAMES}, **named}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        with open(self.path("mine.toml"), "w", encoding="utf-8") as file:
            file.write(f'extends = "{SCENARIOS}/xiapu-2022.toml"\n')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def call(self, *words, code=0, **named):
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=self.folder.name, env=environment(**named), timeout=300)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}{done.stderr}")
        return done

    def on_a_terminal(self, *words, code=0, error_only=False, **named):
        """What a terminal gets: its bytes."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, *words], stdout=subprocess.DEVNULL if error_only else theirs, stderr=theirs, cwd=self.folder.name, env=environment(**named))
        os.close(theirs)
        out = b""
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not some:
                break
            out += some
        os.close(ours)
        self.assertEqual(process.wait(), code, out)
        return out


class Words(Case):
    def test_each_wrong_word_is_named_in_one_line_with_the_nearest_right_one_in_both_languages(self):
        self.assertGreaterEqual(len(WRONG), 60)
        for words, named, meant in WRONG:
            for language in ("en", "zh"):
                with self.subTest(words=words, language=language):
                    done = self.call("--lang", language, *words, code=2)
                    self.assertEqual(done.stdout, "")
                    lines = done.stderr.rstrip("\n").split("\n")
                    self.assertEqual(len(lines), 1, lines)
                    self.assertEqual(bool(CHINESE.search(lines[0].replace("运行", ""))), language == "zh", lines[0])
                    if named and not (language == "zh" and named in ("SCENARIO", "FOLDER")):
                        self.assertIn(named.strip("'"), lines[0])
                    if meant:
                        self.assertRegex(lines[0], rf"(did you mean '|是否应为“|[ ;]){re.escape(meant)}\b")
                    elif language == "en":
                        self.assertNotIn("did you mean", lines[0])
                    self.assertEqual(sorted(os.listdir(self.folder.name)), ["mine.toml"])

    def test_several_wrong_words_are_all_told(self):
        found = self.call("roster", "xiapu-2022", "--form=x", "--format", "cvs", "more", code=2).stderr
        for word in ("--form", "cvs", "more"):
            self.assertIn(f"'{word}'", found)
        self.assertEqual(len(found.splitlines()), 3)

    def test_an_option_takes_one_value_and_stands_anywhere(self):
        wanted = self.results("a", "run", "xiapu-2022", "--set", "load.multiplier=2", "--replications", "2", "--threads", "1", "--out", self.path("a"))
        lines = [
            ["run", "--set", "load.multiplier=2", "xiapu-2022", "--replications", "2", "--out", self.path("b")],
            ["run", "--replications=2", "--out=" + self.path("b"), "--set=load.multiplier=2", "xiapu-2022"],
            ["run", "-s", "load.multiplier=2", "-n", "2", "-j", "1", "-f", "-o", self.path("b"), "xiapu-2022"],
            ["run", "-sload.multiplier=2", "-n2", "-fj1", "-o" + self.path("b"), "xiapu-2022"],
            ["-n", "2", "--set", "load.multiplier=2", "--out", self.path("b"), "--force", "run", "xiapu-2022"],
            ["run", "--set", "load.multiplier=2", "--replications", "2", "--out", self.path("b"), "--force", "--", "xiapu-2022"],
            ["run", "--set", "load.multiplier=3", "--set", "load.multiplier=2", "xiapu-2022", "-f", "-n2", "-o", self.path("b")],
        ]
        self.assertEqual(wanted.pop("command"), ["run", "xiapu-2022", "--set", "load.multiplier=2", "--replications", "2"])
        for words in lines:
            with self.subTest(words=words):
                found = self.results("b", *words, *([] if "--" in words else ["--force"]))
                self.assertEqual(found.pop("command")[:2], ["run", "xiapu-2022"])
                self.assertEqual(wanted, found)
        base = self.results("c", "compare", "--common", "load.multiplier=2", "xiapu-2022", "--set", "session.principal.receivers=2", "wednesday", "-n2", "--unknowns", "0", "-o", self.path("c"))
        self.assertEqual([p["id"] for p in base["policies"]], ["xiapu-2022", "wednesday", "session.principal.receivers=2"])

    def results(self, folder, *words):
        self.call(*words)
        with open(self.path(folder + "/results.json"), encoding="utf-8") as file:
            return json.load(file)

    def test_a_value_that_looks_like_an_option_is_written_with_an_equals_sign(self):
        self.call("run", "xiapu-2022", "-n2", "--out=--force")
        self.assertTrue(os.path.isdir(self.path("--force")))

    def test_the_scenarios_that_ship_are_listed_with_title_and_what_they_extend(self):
        shipped = sorted(name[:-5] for name in os.listdir(SCENARIOS) if name.endswith(".toml"))
        for language, title in (("en", "Every Wednesday instead of the 15th"), ("zh", "每周三接访（代替每月15日）")):
            lines = self.call("--lang", language, "list").stdout.split("\n")
            self.assertEqual([line.split()[0] for line in lines[2:2 + len(shipped)]], shipped)
            self.assertRegex("\n".join(lines), rf"\nwednesday +{re.escape(title)} +xiapu-2022\n")
            self.assertRegex("\n".join(lines), r"\nxiapu-2022 .* –\n")
            self.assertIn(os.path.realpath(SCENARIOS), "\n".join(lines))
        os.mkdir(self.path("own"))
        os.rename(self.path("mine.toml"), self.path("own/mine.toml"))
        self.assertRegex(self.call("list", SIFANG_SCENARIOS=self.path("own")).stdout, r"\nmine +mine +xiapu-2022")
        self.assertIn("mine", self.call("check", "mnie", code=2, SIFANG_SCENARIOS=self.path("own")).stderr)
        self.call("check", "mine", SIFANG_SCENARIOS=self.path("own"))

    def test_settings_are_echoed_as_they_were_understood(self):
        setting = "session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=10"
        for words in (["check", "xiapu-2022"], ["run", "xiapu-2022", "-n1"], ["sweep", "xiapu-2022", "--vary", "load.multiplier=1|2", "-n2"]):
            found = self.call(*words, "--set", setting, *([] if words[0] == "check" else ["-o", self.path(words[0])])).stdout
            self.assertRegex(found, r"(?m)^Set: session\.principal\.recur = FREQ=MONTHLY;BYMONTHDAY=10, the 10th of each month  \(.+\)$")
        found = self.call("compare", "xiapu-2022", "--set", "load.multiplier=2 && category.land.share=0.2 && category.demolition.share=0.2", "--common", "scenario.confidence=0.9", "-n2",
                          "-o", self.path("compare"), code=2).stderr
        self.assertEqual(len(found.splitlines()), 1)  # the shares no longer sum to 1
        found = self.call("compare", "xiapu-2022", "--set", "load.multiplier=2 && session.principal.receivers=2", "--common", "scenario.confidence=0.9", "-n2", "--unknowns", "0", "-o", self.path("compare")).stdout
        self.assertRegex(found, r"(?m)^Set for every policy: scenario\.confidence = 0\.9  \(")
        self.assertEqual(len(re.findall(r"(?m)^Set for load\.multiplier=2 && session\.principal\.receivers=2: (?:load\.multiplier|session\.principal\.receivers) = 2  \(", found)), 2)
        self.assertRegex(self.call("--lang", "zh", "check", "xiapu-2022", "--set", "load.multiplier=2").stdout, r"(?m)^设定：load\.multiplier = 2  \(.*[\u4e00-\u9fff].*\)$")

    def test_quiet_prints_nothing_but_faults(self):
        os.mkdir(self.path("FOLDER"))
        for name, text in {"provinces": "code,name\n11,North\n", "areas": "code,name,provinceCode\n110101,Upper,11\n", "streets": "code,name,areaCode\n110101001,T1,110101\n",
                           "villages": "code,name,streetCode\n110101001001,V1,110101001\n"}.items():
            with open(self.path(f"FOLDER/{name}.csv"), "w", encoding="utf-8") as file:
                file.write(text)
        for words in (["run", "xiapu-2022", "--set", "load.multiplier=1"], ["compare", "xiapu-2022", "wednesday"], ["sweep", "xiapu-2022", "--vary", "load.multiplier=1|2"],
                      ["nation", "china", "--divisions", "FOLDER"]):
            for language in ("en", "zh"):
                done = self.call("--lang", language, *words, "-n2", "--quiet", "-fo", self.path("out"))
                self.assertEqual((done.stdout, done.stderr), ("", ""), words)
        self.assertIn("--force", self.call("run", "xiapu-2022", "-n2", "--quiet", "-o", self.path("out"), code=2).stderr)
        said = self.call("run", "xiapu-2022", "-n2", "-fo", self.path("out")).stdout
        self.assertTrue(said.endswith("report.html\n"), said)


class Languages(Case):
    def test_help_is_in_the_language_chosen_down_to_the_last_text(self):
        english = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
        literal = re.compile(r"^ +(sifang|mpirun) .*$|[\w-]+\.csv|--[\w-]+", re.M)  # examples, file names, options
        for words in ([], *([verb] for verb in VERBS)):
            for line in (["--lang", "zh", *words, "--help"], [*words, "--help", "--lang=zh"], [*words, "--lang", "zh", "-h"], ["help", *words, "--lang", "zh"]):
                with self.subTest(line=line):
                    found = self.call(*line).stdout
                    self.assertIsNone(english.search(literal.sub("", found)), found)
                    for text in found.split("\n"):
                        if text.strip() and not re.match(r" +(sifang|mpirun) ", text):
                            self.assertRegex(text, CHINESE)
            shown = self.call("--lang", "en", *words, "--help").stdout
            self.assertIsNone(CHINESE.search(shown), shown)
            self.assertTrue(english.search(shown))
        zh, en = self.call("--lang=zh", "run", "-h").stdout, self.call("--lang=en", "run", "-h").stdout
        self.assertEqual(re.findall(r"--[a-z]+", zh), re.findall(r"--[a-z]+", en))

    def test_every_verb_is_in_help_with_its_short_forms(self):
        self.assertEqual(sorted(re.findall(r"(?m)^  (\w+) ", self.call("--help").stdout.split("Options:")[0].split("Verbs:")[1])), sorted(VERBS))
        for verb in VERBS:
            self.assertRegex(self.call("--help").stdout, rf"(?m)^  {verb} ")
        for letter, name in zip("sofnj", ("set", "out", "force", "replications", "threads")):
            self.assertRegex(self.call("run", "--help").stdout, rf"(?m)^  -{letter}, --{name}\b")
        self.assertRegex(self.call("--version").stdout, r"^\d+\.\d+\.\d+\n$")

    def test_the_environment_names_the_language_in_the_order_of_posix(self):
        for named, chinese in (({"LANG": "zh_CN.UTF-8"}, True), ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True), ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
                               ({"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False), ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, True),
                               ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True), ({"LC_ALL": "zh_TW.UTF-8"}, True), ({"LC_ALL": "zh"}, True),
                               ({"LC_CTYPE": "zh_CN.UTF-8"}, False), ({}, False), ({"LANG": "zha_CN.UTF-8"}, False)):
            self.assertEqual(bool(CHINESE.search(self.call("--help", **named).stdout)), chinese, named)
        self.assertIsNone(CHINESE.search(self.call("--lang", "en", "--help", LANG="zh_CN.UTF-8").stdout))

    def test_the_last_language_named_counts(self):
        self.assertTrue(CHINESE.search(self.call("--lang", "en", "--lang", "zh", "--help").stdout))


class Terminals(Case):
    day = ["roster", "xiapu-2022", "--from", "2022-09-15", "--to", "2022-09-15"]
    chinese_day = [*day, "--set", 'session.principal.title_en="主要领导接访"']  # a planner's own name, Chinese in English too

    def test_a_terminal_without_chinese_gets_english_and_plain_signs(self):
        for named in ({"LANG": "C"}, {"LC_ALL": "POSIX"}, {}, {"LC_ALL": "", "LANG": "C"}):
            found = self.on_a_terminal("--lang", "zh", *self.chinese_day, **named).decode("ascii")
            self.assertIn("Head of Xiapu County", found)
            self.assertIn("? stands for characters that the locale (ASCII) cannot show", found)
        found = self.on_a_terminal("theory", "-n", "2", code=0, LANG="C").decode("ascii")
        self.assertIn("rho 0.6", found)
        self.assertNotIn("?", found)
        found = self.on_a_terminal("--lang", "zh", "list", LANG="C").decode("ascii")
        self.assertIn("English instead of Chinese", found)
        found = self.on_a_terminal("--lang", "zh", "run", "wendesday", code=2, LANG="C").decode("ascii")
        self.assertIn("did you mean 'wednesday'?", found)

    def test_columns_stay_aligned_where_characters_are_replaced(self):
        shown, plain = (self.on_a_terminal("--lang", "en", *self.chinese_day, **named).decode("utf-8").split("\r\n") for named in ({"LANG": "C.UTF-8"}, {"LANG": "C"}))
        row, same = (next(line for line in lines if "secretary" in line) for lines in (shown, plain))
        wide = sum(bool(CHINESE.match(c)) for c in row[:row.index("secretary")])
        self.assertEqual(wide, len("主要领导接访"))
        self.assertEqual(same.index("secretary"), row.index("secretary") + wide)

    def test_a_terminal_of_unicode_or_gbk_gets_chinese_in_its_own_bytes(self):
        for locale, charset in (("zh_CN.UTF-8", "utf-8"), ("zh_CN.utf8", "utf-8"), ("zh_CN.GBK", "gbk"), ("zh_CN.GB18030", "gb18030")):
            found = self.on_a_terminal(*self.day, LANG=locale).decode(charset)
            self.assertIn("县委党校", found)
            self.assertNotIn("?", found)
        found = self.on_a_terminal("theory", "-n", "2", LANG="en_US.ISO-8859-1").decode("latin-1")
        self.assertIn("rho 0.6", found)

    def test_files_get_unicode_whatever_the_terminal(self):
        self.assertIn("县委党校", self.call("--lang", "zh", *self.day, LANG="C").stdout)
        found = self.on_a_terminal("--lang", "zh", "run", "wendesday", code=2, error_only=True, LANG="C").decode("ascii")
        self.assertIn("did you mean 'wednesday'?", found)
        self.on_a_terminal("--lang", "zh", "run", "xiapu-2022", "-n2", "-o", self.path("out"), LANG="C").decode("ascii")
        with open(self.path("out/report.html"), encoding="utf-8") as file:
            self.assertIn('{"lang":"zh"', file.read())

    def test_control_characters_and_broken_bytes_do_not_reach_a_terminal(self):
        with open(self.path("mine.toml"), "a", encoding="utf-8") as file:
            file.write('[scenario]\ntitle_en = "red \\u001b[31m\\u009b2J and bell \\u0007"\n')
        found = self.on_a_terminal("check", "mine.toml", LANG="C.UTF-8")
        self.assertIn(b"red  [31m 2J and bell  ", found)
        found = self.on_a_terminal("run", b"caf\xe9.toml", code=2, LANG="C.UTF-8").decode("utf-8")
        self.assertIn("caf?.toml", found)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1, warnings="ignore")
