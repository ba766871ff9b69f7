#!/usr/bin/env python3
"""Kills the program, signals it, fills its disk, closes its output and gets in its way: nothing may be lost or taken for whole.

Usage: durability.py PROGRAM SOURCE_FOLDER [--rounds N] [--seed S] [TEST...]
N rounds of each random test (kills, races); 3 by default, which takes well under a minute; 48 for a thorough look.
"""
import argparse
import ctypes
import html
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("program")
arguments.add_argument("source")
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--seed", type=int, default=None)
arguments.add_argument("tests", nargs="*")
CHOSEN = arguments.parse_intermixed_args()
PROGRAM, SOURCE = os.path.abspath(CHOSEN.program), os.path.abspath(CHOSEN.source)
SEED = CHOSEN.seed if CHOSEN.seed is not None else random.randrange(1 << 30)
CHANCE = random.Random(SEED)
FILES = {"run": ["cost.csv", "kpi.csv", "manifest.json", "report.html", "results.json"], "compare": ["cost.csv", "differences.csv", "kpi.csv", "manifest.json", "pareto.svg", "report.html", "results.json", "unknown_draws.csv", "unknowns.csv"],
         "sweep": ["cost.csv", "manifest.json", "pareto.svg", "report.html", "sweep.csv", "sweep.json", "units.csv"], "nation": ["counties.csv", "manifest.json", "provinces.csv"]}

# A test that runs in the background may be started with these ignored; the program inherits what is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
for one in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(one, signal.SIG_DFL)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def start(self, *arguments, program=PROGRAM, **how):
        return subprocess.Popen([program, "--lang", "en", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder, **how)

    def call(self, *arguments, code=0, **how):
        process = self.start(*arguments, **how)
        out, error = process.communicate(timeout=300)
        self.assertEqual(process.returncode, code, f"{arguments} seed {SEED}\n{out}{error}")
        return out, error

    def wait_for(self, what, process):
        """Until something is so; it is a failure if the program ends before."""
        for _ in range(60000):
            if what():
                return
            if process.poll() is not None:
                out, error = process.communicate()
                self.fail(f"it ended before: {process.returncode} {out} {error}")
            time.sleep(0.001)
        self.fail("it never came")

    def wait_for_file(self, name, process, size=0):
        self.wait_for(lambda: os.path.exists(self.path(name)) and os.path.getsize(self.path(name)) >= size, process)

    def wait_for_work(self, process, seconds):
        """Until a run has begun and used the processor for so long since."""
        self.wait_for_file(".out.partial", process)

        def used():
            with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

        begun = used()
        self.wait_for(lambda: used() - begun >= seconds, process)

    def wait_gently(self, process, seconds):
        """Gives the program so long; whether it has ended."""
        try:
            process.communicate(timeout=seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def whole(self, folder, verb="run"):
        """Results are there, all of them, and nothing else."""
        self.assertEqual(sorted(os.listdir(self.path(folder))), FILES[verb], f"seed {SEED}")
        return {name: self.read(f"{folder}/{name}") for name in FILES[verb]}

    def nothing_hidden(self):
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith(".")], [], f"seed {SEED}")

    def commands(self, replications=None):
        """One command of each verb that has results; about half a second or more each, if not of few replications."""
        tables = {"provinces": "code,name\n11,North\n", "areas": "code,name,provinceCode\n" + "".join(f"1101{k:02},C{k},11\n" for k in range(8)),
                  "streets": "code,name,areaCode\n" + "".join(f"1101{k:02}001,T{k},1101{k:02}\n" for k in range(8)),
                  "villages": "code,name,streetCode\n" + "".join(f"1101{k:02}001{v:03},V{k}-{v},1101{k:02}001\n" for k in range(8) for v in range(6))}
        for name, text in tables.items():
            self.write(f"divisions/{name}.csv", text)
        long = {"run": 150, "compare": 80, "sweep": 80, "nation": 40}
        what = {"run": ["xiapu-2022"], "compare": ["xiapu-2022", "wednesday"], "sweep": ["xiapu-2022", "--vary", "load.multiplier=1|1.1"],
                "nation": ["china", "--divisions", self.path("divisions")]}
        return {verb: [verb, *more, "--replications", str(replications or long[verb])] for verb, more in what.items()}


class Kills(Case):
    def test_a_run_that_is_killed_at_any_moment_goes_on_to_the_same_bytes(self):
        commands = self.commands()
        expected, seconds = {}, {}
        for verb, command in commands.items():
            begun = time.monotonic()
            self.call(*command, "--threads", "2", "--out", self.path(verb))
            seconds[verb] = time.monotonic() - begun
            expected[verb] = self.whole(verb, verb)
        kills = 0
        for round in range(max(CHOSEN.rounds, len(commands))):
            verb = list(commands)[round % len(commands)]
            again = [*commands[verb], "--resume", "--out", self.path("out")]
            for _ in range(3):
                process = self.start(*again, "--threads", CHANCE.choice("123"))
                ended = self.wait_gently(process, CHANCE.uniform(0, seconds[verb]))
                if ended:
                    break
                process.kill()
                process.communicate()
                kills += 1
                if os.path.exists(self.path("out")):  # killed after it was done
                    break
            if not os.path.exists(self.path("out")):
                self.call(*again)
            self.assertEqual(self.whole("out", verb), expected[verb], f"{verb}, seed {SEED}")
            _, told = self.call("run", "xiapu-2022", "--replications", "1", "--out", self.path("out"), "--force")  # sees to what is left
            self.nothing_hidden()
            for name in os.listdir(self.folder):
                if name.startswith("out"):
                    self.assertIn(name, ("out", "out.unplaced"), told)
                    shutil.rmtree(self.path(name))
        self.assertGreater(kills, 0)
        print(f"{max(CHOSEN.rounds, len(commands))} rounds of kill and resume, {kills} kills: the same bytes")

    def test_a_run_that_is_killed_while_it_replaces_results_leaves_old_or_new_ones_whole(self):
        replications = {b'"replications":2,': 2, b'"replications":9,': 9}
        self.call("run", "xiapu-2022", "--replications", "9", "--out", self.path("out"))
        begun = time.monotonic()
        self.call("run", "xiapu-2022", "--replications", "9", "--out", self.path("out"), "--force")
        usual = time.monotonic() - begun
        self.write("out/notes.txt", "dear mayor")
        kills = 0
        for round in range(4 * CHOSEN.rounds):
            process = self.start("run", "xiapu-2022", "--replications", str(2 + 7 * (round % 2)), "--out", self.path("out"), "--force")
            if not self.wait_gently(process, CHANCE.uniform(usual / 2, usual)):
                process.kill()
                process.communicate()
                kills += 1
            there = sorted(name for name in os.listdir(self.path("out")) if name != "notes.txt")
            self.assertEqual(there, FILES["run"], f"seed {SEED}")
            found = {count for text, count in replications.items() if text in self.read("out/results.json")}
            self.assertEqual(len(found), 1)
            self.assertEqual(json.loads(self.read("out/manifest.json"))["policies"][0]["replications"], found.pop())
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("out"), "--force")
        self.assertEqual(self.read("out/notes.txt"), b"dear mayor")
        self.nothing_hidden()
        print(f"{4 * CHOSEN.rounds} replacements of results, {kills} killed: old or new, whole")

    def test_what_a_killed_run_left_is_told_and_cleaned_by_the_next(self):
        process = self.start("run", "xiapu-2022", "--replications", "100000", "--out", self.path("out"))
        self.wait_for_file(".out.partial", process)
        _, error = self.call("run", "xiapu-2022", "--replications", "1", "--out", self.path("out"), code=2)
        self.assertIn("another run has it open", error)
        self.assertTrue(os.path.exists(self.path(".out.partial")))  # of a run that lives
        process.kill()
        process.communicate()
        self.write(".out.replaced/manifest.json", "{}")
        self.write(".out.replaced/notes.txt", "dear mayor")
        _, error = self.call("run", "xiapu-2022", "--replications", "1", "--out", self.path("out"), code=2)
        self.assertIn(f"{self.path('.out.partial')}: left by a run that was killed; removed\n", error)
        self.assertIn(f"{self.path('out')}: results that a killed run had moved away; put back\n", error)
        self.assertEqual(self.read("out/manifest.json"), b"{}")
        _, error = self.call("run", "xiapu-2022", "--replications", "1", "--out", self.path("out"), "--force")
        self.assertEqual(error, "")
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(FILES["run"] + ["notes.txt"]))
        self.nothing_hidden()


class Signals(Case):
    def stop(self, how, *more, replications="200000"):
        """Sends a signal to a run when some of it is done. Returns its output and messages."""
        seconds = 0.3
        while True:
            process = self.start("run", "xiapu-2022", "--replications", replications, "--threads", "1", "--out", self.path("out"), *more)
            self.wait_for_work(process, seconds)
            process.send_signal(how)
            out, error = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 3, out + error)
            if "nothing was written" not in error:
                return out, error
            seconds *= 2

    def test_a_run_that_is_stopped_keeps_what_is_finished_and_says_that_it_is_not_all(self):
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            out, error = self.stop(how)
            self.assertRegex(out, r"^UNFINISHED: the run was stopped after \d+ of 200000 replications\n")
            self.assertIn("stopped early", error)
            result = json.loads(self.read("out/results.json"))
            done = result["policies"][0]["replications"]
            self.assertGreater(done, 0)
            self.assertEqual(result["unfinished_replications"], 200000 - done)
            self.assertIs(json.loads(self.read("out/manifest.json"))["finished"], False)
            self.whole("out")
            self.nothing_hidden()
            shutil.rmtree(self.path("out"))

    def test_unfinished_results_never_replace_finished_ones(self):
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("out"))
        before = self.whole("out")
        out, error = self.stop(signal.SIGINT, "--force")
        self.assertEqual(self.whole("out"), before)
        self.whole("out.unfinished")
        self.assertIn(f"{self.path('out')}: finished results are there and stay; the unfinished ones are in {self.path('out.unfinished')}\n", error)
        self.assertIn(self.path("out.unfinished/report.html"), out)
        self.nothing_hidden()
        # Finished ones replace unfinished ones, and the mark is gone.
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("out.unfinished"), "--force")
        self.assertEqual(self.whole("out.unfinished"), before)

    def test_the_report_of_unfinished_results_says_so_in_both_languages(self):
        self.stop(signal.SIGINT)
        os.remove(self.path("out/report.html"))
        _, error = self.call("report", self.path("out"))
        self.assertIn("UNFINISHED: ", error)
        done = json.loads(self.read("out/results.json"))["policies"][0]["replications"]
        self.assertIn(b'"unfinished_replications":%d' % (200000 - done), self.read("out/report.html"))
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("finished"))
        browser = next((found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None)
        if browser is None:
            self.skipTest("no Chromium on this machine to open the report with")
        for language, mark, text in (("en", "Unfinished", f"The run was stopped after {done} of 200000 replications."), ("zh", "未完成", f"运行已中止：应做 200000 次模拟，只完成 {done} 次。")):
            for folder in ("out", "finished"):
                with tempfile.TemporaryDirectory() as profile:
                    dom = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--virtual-time-budget=8000",
                                          f"--user-data-dir={profile}", "--dump-dom", f"file://{self.path(folder)}/report.html#{language}"],
                                         capture_output=True, text=True, timeout=240).stdout
                body = html.unescape(re.sub(r"<[^>]+>", "", dom[dom.index("<main"):dom.index("</main>")]))
                self.assertEqual(f"{mark} {text}" in body, folder == "out", body[:300])
                self.assertEqual(f"<title>{mark}" in dom, folder == "out")
                self.assertEqual('class="unfinished"' in dom, folder == "out")

    # Its first piece of work takes minutes, so that a stop is not heard in time.
    SLOW = ("--set", "load.multiplier=50", "--set", "scenario.warm_up=3650")

    def test_a_second_signal_ends_at_once(self):
        for first, second in ((signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGHUP)):
            process = self.start("run", "xiapu-2022", "--threads", "1", "--out", self.path("out"), *self.SLOW)
            self.wait_for_work(process, 0.2)
            process.send_signal(first)
            self.assertFalse(self.wait_gently(process, 0.3), "the first stops gently")
            process.send_signal(second)
            process.communicate(timeout=10)
            self.assertEqual(process.returncode, -second)
            self.assertFalse(os.path.exists(self.path("out")))

    def test_signals_that_come_together_are_one(self):
        # As `timeout` and shells send them: to the process and again to its group.
        process = self.start("run", "xiapu-2022", "--threads", "1", "--out", self.path("out"), *self.SLOW)
        self.wait_for_work(process, 0.2)
        for how in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            process.send_signal(how)
        self.assertFalse(self.wait_gently(process, 0.3))
        process.kill()
        process.communicate()

    def test_what_is_ignored_stays_ignored(self):
        for how in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            process = self.start("run", "xiapu-2022", "--replications", "60", "--threads", "1", "--out", self.path("out"), "--force", preexec_fn=lambda: signal.signal(how, signal.SIG_IGN))
            self.wait_for_file(".out.partial", process)
            process.send_signal(how)  # as `nohup` and scripts that start jobs have it
            out, error = process.communicate(timeout=120)
            self.assertEqual((process.returncode, error), (0, ""), how)
            self.assertEqual(json.loads(self.read("out/results.json"))["unfinished_replications"], 0)

    def test_verbs_that_keep_nothing_end_at_once(self):
        process = self.start("theory", "--replications", "100000")
        self.assertFalse(self.wait_gently(process, 0.3))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        self.assertEqual(process.returncode, -signal.SIGTERM)


class Output(Case):
    def talkers(self):
        commands = self.commands(2)
        out = [["--help"], ["--version"], ["run", "--help"], ["check", "xiapu-2022"], ["check", "--reference"], ["roster", "xiapu-2022"], ["roster", "xiapu-2022", "--format", "csv"],
               ["theory", "--replications", "2"]]
        for verb, command in commands.items():
            out.append([*command, "--out", self.path(verb), "--force"])
        if re.search(r"^ +list ", self.call("--help")[0], flags=re.M):
            out.append(["list"])
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("told"))
        out.append(["report", self.path("told")])
        return out

    def test_output_that_cannot_be_written_is_a_failure_of_every_verb(self):
        for command in self.talkers():
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([PROGRAM, "--lang", "en", *command], stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
            self.assertEqual(done.returncode, 3, command)
            self.assertEqual(done.stderr, "standard output: could not be written: No space left on device\n", command)
            if command[0] not in ("--help", "roster", "sweep", "nation"):
                continue
            done = subprocess.run([PROGRAM, *command], stderr=subprocess.PIPE, text=True, timeout=120, preexec_fn=lambda: os.close(1), env={**os.environ, "LC_ALL": "zh_CN.UTF-8"})
            self.assertEqual((done.returncode, done.stderr), (3, "标准输出：无法写入：文件未打开\n"), command)
        for verb, files in FILES.items():  # the results are in place all the same
            self.whole(verb, verb)

    def test_a_reader_that_goes_away_ends_it_quietly(self):
        for command in (command for command in self.talkers() if command[0] in ("check", "run", "nation")):
            for ignored, code, told in ((False, -signal.SIGPIPE, ""), (True, 3, "standard output: could not be written: Broken pipe\n")):
                reading, writing = os.pipe()
                os.close(reading)
                done = subprocess.run([PROGRAM, "--lang", "en", *command], stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120,
                                      preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignored else signal.SIG_DFL))
                os.close(writing)
                self.assertEqual((done.returncode, done.stderr), (code, told), command)
        for verb in ("run", "nation"):
            self.whole(verb, verb)
        self.nothing_hidden()

    def test_no_message_goes_into_a_file_that_took_the_place_of_a_closed_stream(self):
        def closed():
            for stream in (0, 1, 2):
                os.close(stream)
        for verb, command in self.commands(3).items():
            command = [PROGRAM, "--lang", "en", *command, "--resume", "--out"]
            subprocess.run([*command, self.path("usual")], check=True, capture_output=True)
            self.assertEqual(subprocess.run([*command, self.path("closed")], preexec_fn=closed, timeout=120).returncode, 3)
            self.assertEqual(self.whole("closed", verb), self.whole("usual", verb))
            self.assertEqual(sorted(os.listdir(self.folder)), ["closed", "divisions", "usual"])
            shutil.rmtree(self.path("closed"))
            shutil.rmtree(self.path("usual"))

    def full(self, *command, place, **how):
        """The disk is full while the results are written: it is told, and nothing half stays."""
        _, error = self.call(*command, "--out", place, code=3, **how)
        self.assertRegex(error, r"^\S+: expected a place that can be written; \S+: (No space left on device|File too large)\n")
        self.assertEqual([name for name in os.listdir(os.path.dirname(place)) if not name.endswith(".journal") and name != "divisions"], [])

    def test_a_limit_of_file_size_is_told(self):
        for command in self.commands(2).values():
            how = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))}
            self.full(*command, place=self.path("out"), **how)
            if command[0] == "sweep":
                os.remove(self.path("out.journal"))

    def test_a_full_disk_is_told(self):
        os.mkdir(self.path("disk"))
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(b"tmpfs", self.path("disk").encode(), b"tmpfs", 0, b"size=64k") != 0:
            self.skipTest("no small disk can be mounted by this user")
        try:
            for command in self.commands(2).values():
                if command[0] in ("run", "compare"):
                    self.full(*command, place=self.path("disk/out"))
        finally:
            libc.umount(self.path("disk").encode())


class OthersInTheWay(Case):
    def test_two_runs_to_one_place(self):
        for round in range(CHOSEN.rounds):
            runs = [self.start("run", "xiapu-2022", "--replications", "30", "--out", self.path("out")) for _ in range(2)]
            told = [run.communicate(timeout=120)[1] for run in runs]
            codes = [run.returncode for run in runs]
            if sorted(codes) != [0, 2]:
                self.fail(f"{codes} {told}")
            self.assertRegex(told[codes.index(2)], "another run has it open|already holds results")
            self.whole("out")
            self.nothing_hidden()
            shutil.rmtree(self.path("out"))
        print(f"{CHOSEN.rounds} races of two runs to one place: one is told")

    def test_a_folder_or_file_of_a_user_that_appears_during_a_run_stays(self):
        for verb, command in self.commands().items():
            for name in ("out/notes.txt", "out"):
                process = self.start(*command, "--threads", "1", "--out", self.path("out"), *(["--force"] if name == "out" else []))
                self.wait_for_file(".out.partial", process)
                self.write(name, "dear mayor")
                self.assertIsNone(process.poll())
                out, error = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 3, out + error)
                self.assertEqual(self.read(name), b"dear mayor")
                self.assertTrue(error.endswith(f"nothing is lost: the results are in {self.path('out.unplaced')}\n"), error)
                self.whole("out.unplaced", verb)
                self.assertEqual(sorted(n for n in os.listdir(self.folder) if not n.endswith(".journal")), ["divisions", "out", "out.unplaced"])
                shutil.rmtree(self.path("out.unplaced"))
                (shutil.rmtree if os.path.isdir(self.path("out")) else os.remove)(self.path("out"))
                if verb == "sweep":  # all of it is kept there, to be placed elsewhere
                    self.call(*command, "--resume", "--out", self.path("out"))
                    shutil.rmtree(self.path("out"))

    def test_results_can_go_to_the_current_folder(self):
        os.mkdir(self.path("here"))
        done = subprocess.run([PROGRAM, "run", "xiapu-2022", "--replications", "2", "--out", "."], cwd=self.path("here"), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.whole("here")
        self.write("here/notes.txt", "dear mayor")
        subprocess.run([PROGRAM, "compare", "xiapu-2022", "wednesday", "--replications", "2", "--out", ".", "--force"], cwd=self.path("here"), check=True, capture_output=True)
        self.assertEqual(sorted(os.listdir(self.path("here"))), sorted(FILES["compare"] + ["notes.txt"]))
        self.assertEqual(os.listdir(self.folder), ["here"])

    def test_links_and_missing_parents(self):
        os.makedirs(self.path("disk/real"))
        os.symlink(self.path("disk/real"), self.path("link"))
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("link") + "/")
        self.assertTrue(os.path.islink(self.path("link")))
        self.whole("disk/real")
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("a/b/../c/d"))
        self.whole("a/c/d")


class Builds(Case):
    def stopped(self):
        process = self.start("run", "xiapu-2022", "--replications", "100000", "--resume", "--threads", "1", "--out", self.path("out"))
        self.wait_for_file("out.journal", process, 2000)
        process.kill()
        process.communicate()
        return re.match(rb"sifang-journal 1 .* built from sources ([0-9a-f]{16})\n", self.read("out.journal")).group(1)

    def test_the_journal_of_another_build_of_the_same_version_is_refused(self):
        identity = self.stopped()
        with open(PROGRAM, "rb") as file:
            text = file.read()
        self.assertEqual(text.count(identity), 1)
        other = self.path("other-build")
        with open(other, "wb") as file:
            file.write(text.replace(identity, identity[::-1]))
        os.chmod(other, 0o755)
        before = self.read("out.journal")
        _, error = self.call("run", "xiapu-2022", "--replications", "100000", "--resume", "--out", self.path("out"), code=2, program=other)
        self.assertIn("expected a journal of the same scenario, settings, seed, replications and build of the program; found that of: run xiapu-2022, 100000 replications, sifang ", error)
        self.assertIn(f"built from sources {identity.decode()}\n", error)
        self.assertEqual(self.read("out.journal"), before)

    def test_a_build_is_known_by_its_sources_alone(self):
        cmake = shutil.which("cmake")
        if cmake is None:
            self.skipTest("no CMake on this machine to identify sources with")

        def identity(source):
            subprocess.run([cmake, f"-DSOURCE={source}", f"-DOUTPUT={self.path('made.cpp')}", "-P", os.path.join(SOURCE, "simulations/program/build_identity.cmake")], check=True, cwd=self.folder)
            return re.search(rb'"([0-9a-f]{16})"', self.read("made.cpp")).group(1)

        copy = self.path("copy")
        for part in ("include", "simulations/program"):
            shutil.copytree(os.path.join(SOURCE, part), os.path.join(copy, part))
        self.assertEqual(identity(copy), identity(SOURCE))
        self.assertEqual(identity(SOURCE), self.stopped())
        for name in ("include/sifang/random/variates.hpp", "simulations/program/sweep.cpp"):
            before = identity(copy)
            with open(os.path.join(copy, name), "a", encoding="utf-8") as file:
                file.write("\n")
            self.assertNotEqual(identity(copy), before, name)


if __name__ == "__main__":
    print(f"seed {SEED}, {CHOSEN.rounds} rounds")
    unittest.main(argv=[sys.argv[0], *CHOSEN.tests], verbosity=2, warnings="ignore")
