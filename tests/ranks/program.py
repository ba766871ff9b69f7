#!/usr/bin/env python3
"""Runs the program on several ranks of this machine. Usage: program.py PROGRAM MPIEXEC FLAG"""
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, MPIEXEC, FLAG = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
VERBS = {
    "run": ["run", "xiapu-2022"],
    "compare": ["compare", "xiapu-2022", "wednesday", "--set", "session.principal.receivers=2"],
    "sweep": ["sweep", "xiapu-2022", "--vary", "session.principal.receivers=1|2", "--vary", "session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15|FREQ=WEEKLY;BYDAY=MO,WE"],
}

def result_of(verb):
    return "sweep.json" if verb == "sweep" else "results.json"


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def command(self, ranks, *arguments):
        return ([MPIEXEC, FLAG, str(ranks)] if ranks else []) + [PROGRAM, "--lang", "en", *arguments]

    def call(self, ranks, *arguments, code=0):
        done = subprocess.run(self.command(ranks, *arguments), capture_output=True, text=True, cwd=self.folder.name, timeout=300)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done


class SameBytes(Case):
    def check(self, verb):
        arguments = VERBS[verb] + ["--replications", "20", "--out"]
        alone = self.call(0, *arguments, self.path("threads-1"), "--threads", "1")
        self.call(0, *arguments, self.path("threads-2"), "--threads", "2")
        expected = self.read(f"threads-1/{result_of(verb)}")
        self.assertEqual(self.read(f"threads-2/{result_of(verb)}"), expected)
        for ranks in (2, 3, 4):
            done = self.call(ranks, *arguments, self.path(f"ranks-{ranks}"))
            self.assertEqual(sorted(os.listdir(self.path(f"ranks-{ranks}"))), sorted(os.listdir(self.path("threads-1"))))
            self.assertEqual(self.read(f"ranks-{ranks}/{result_of(verb)}"), expected)
            self.assertEqual(done.stdout.replace(f"ranks-{ranks}", "threads-1"), alone.stdout)
        self.call(2, *arguments, self.path("both"), "--threads", "2")
        self.assertEqual(self.read(f"both/{result_of(verb)}"), expected)

    def test_run(self):
        self.check("run")

    def test_compare(self):
        self.check("compare")

    def test_sweep(self):
        self.check("sweep")

    def test_nation(self):
        os.mkdir(self.path("tables"))
        counties = [110100 + k for k in range(9)]
        tables = {"provinces": "code,name\n11,P\n", "areas": "code,name,provinceCode\n" + "".join(f"{c},C{c},11\n" for c in counties),
                  "streets": "code,name,areaCode\n" + "".join(f"{c}001,T{c},{c}\n" for c in counties),
                  "villages": "code,name,streetCode\n" + "".join(f"{c}001{v:03},V{v},{c}001\n" for c in counties for v in range(c % 7 + 1))}
        for name, text in tables.items():
            with open(self.path(f"tables/{name}.csv"), "w", encoding="utf-8") as file:
                file.write(text)
        arguments = ["nation", "china", "--divisions", self.path("tables"), "--replications", "2", "--out"]
        alone = self.call(0, *arguments, self.path("alone"), "--threads", "1")
        for ranks in (2, 4):
            done = self.call(ranks, *arguments, self.path(f"ranks-{ranks}"))
            self.assertEqual(done.stdout.replace(f"ranks-{ranks}", "alone"), alone.stdout)
            for file in ("counties.csv", "provinces.csv", "manifest.json"):
                self.assertEqual(self.read(f"ranks-{ranks}/{file}"), self.read(f"alone/{file}"), file)
        with open(self.path("tables/villages.csv"), "a", encoding="utf-8") as file:
            file.write("1,Nowhere,42\n")
        refused = self.call(2, *arguments, self.path("bad"), code=2)
        self.assertEqual(refused.stderr.count("'42'"), 1, refused.stderr)
        self.assertFalse(os.path.exists(self.path("bad")))


class KilledAndResumed(Case):
    def kill(self, verb, ranks, victim):
        """Kills a rank of a run once a few blocks are in the journal; returns the size of the journal then."""
        journal = self.path("out.journal")
        process = subprocess.Popen(self.command(ranks, *self.long(verb), "--out", self.path("out"), "--resume"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   cwd=self.folder.name)
        begun = self.size(journal)
        while self.size(journal) <= begun + 1000:
            self.assertIsNone(process.poll(), "ended before it could be killed")
            time.sleep(0.002)
        pid = process.pid if ranks == 0 else self.pid_of(process.pid, victim)
        os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=60)
        self.assertNotEqual(process.returncode, 0)
        self.assertFalse(os.path.exists(self.path("out")))
        return self.size(journal)

    @staticmethod
    def size(path):
        return os.path.getsize(path) if os.path.exists(path) else 0

    @staticmethod
    def long(verb):
        return VERBS[verb] + ["--quiet", "--replications", {"run": "800", "compare": "300", "sweep": "300"}[verb]]

    def pid_of(self, launcher, rank):
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/environ", "rb") as file:
                    environment = file.read().split(b"\0")
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if parent == launcher and f"OMPI_COMM_WORLD_RANK={rank}".encode() in environment:
                return int(name)
        self.skipTest("the launcher does not start ranks as Open MPI does")

    def check(self, verb, *kills):
        self.call(0, *self.long(verb), "--out", self.path("undisturbed"))
        for ranks, victim in kills:
            self.kill(verb, ranks, victim)
        if verb == "sweep":
            journal = self.path("out.journal")
            refused = self.call(0, *self.long(verb), "--out", self.path("out"), code=2)
            self.assertIn("--resume continues it", refused.stderr)
            other = self.call(3, *self.long(verb), "--set", "scenario.seed=5", "--out", self.path("out"), "--resume", code=2)
            self.assertEqual(other.stderr.count("expected a journal of the same scenario"), 1)
            self.assertIn("sweep xiapu-2022, 4 cells, 300 replications", other.stderr)
            with open(journal, "r+b") as file:  # torn in the middle of a record
                file.truncate(self.size(journal) - 100)
        self.call(3, *self.long(verb), "--out", self.path("out"), "--resume")
        self.assertEqual(self.read(f"out/{result_of(verb)}"), self.read(f"undisturbed/{result_of(verb)}"))
        self.assertFalse(os.path.exists(self.path("out.journal")))

    def test_sweep(self):
        self.check("sweep", (3, 1), (2, 0), (0, 0))

    def test_compare(self):
        self.check("compare", (3, 2), (2, 0))

    def test_run(self):
        self.check("run", (2, 1))


class WrongInput(Case):
    def faults(self, *arguments, ranks=3, code=2):
        done = self.call(ranks, *arguments, "--out", self.path("out"), code=code)
        self.assertFalse(os.path.exists(self.path("out")))
        return [line for line in done.stderr.splitlines() if "--set" in line or "--vary" in line or "expected" in line or "required" in line]

    def test_one_message_and_one_code_whatever_the_number_of_ranks(self):
        self.assertEqual(len(self.faults("run", "xiapu-2022", "--set", "no.such.key=1")), 1)
        self.assertEqual(len(self.faults("compare", "xiapu-2022")), 1)
        self.assertEqual(len(self.faults("compare", "xiapu-2022", "--set", "load.multiplier=-1")), 1)
        self.assertEqual(len(self.faults("sweep", "xiapu-2022", "--vary", "load.multiplier=1|-1|x")), 2)
        self.assertEqual(len(self.faults("sweep", "xiapu-2022", "--vary", "load.multiplier")), 1)
        self.assertEqual(len(self.faults("sweep", "xiapu-2022")), 1)

    def test_results_that_are_there_stop_every_rank(self):
        self.call(0, "run", "xiapu-2022", "--replications", "1", "--out", self.path("kept"))
        before = self.read("kept/results.json")
        done = self.call(2, "run", "xiapu-2022", "--replications", "1", "--out", self.path("kept"), code=2)
        self.assertEqual(done.stderr.count("already holds results"), 1)
        self.assertEqual(self.read("kept/results.json"), before)

    def test_other_verbs_are_the_first_ranks_alone(self):
        alone, together = self.call(0, "roster", "xiapu-2022"), self.call(3, "roster", "xiapu-2022")
        self.assertEqual(alone.stdout, together.stdout)

    def test_a_rank_with_other_files_is_told(self):
        script = self.path("rank.sh")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\n[ "$OMPI_COMM_WORLD_RANK" = 0 ] && seed=1 || seed=2\nexec "{PROGRAM}" --lang en run xiapu-2022 --replications 8 --set scenario.seed=$seed --out "{self.path("out")}"\n')
        os.chmod(script, 0o755)
        done = subprocess.run([MPIEXEC, FLAG, "3", script], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertEqual(done.stderr.count("expected the same files as on the machine of rank 0"), 1)
        self.assertFalse(os.path.exists(self.path("out")))


    def test_a_rank_with_another_cell_is_told(self):
        script = self.path("rank.sh")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\n[ "$OMPI_COMM_WORLD_RANK" = 0 ] && seed=1 || seed=2\nexec "{PROGRAM}" --lang en sweep xiapu-2022 --vary "load.multiplier=1|2" '
                       f'--replications 80 --set scenario.seed=$seed --out "{self.path("out")}"\n')
        os.chmod(script, 0o755)
        done = subprocess.run([MPIEXEC, FLAG, "2", script], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn("expected the files that were checked when the sweep began", done.stderr)
        self.assertFalse(os.path.exists(self.path("out")))


class Stopped(Case):
    """Without ranks: what a run is stopped by, and what it says then."""

    def begin(self, *arguments, **more):
        process = subprocess.Popen(self.command(0, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder.name, **more)
        self.addCleanup(process.kill)
        return process

    def wait_for(self, name, size, process):
        while not os.path.exists(self.path(name)) or os.path.getsize(self.path(name)) < size:
            self.assertIsNone(process.poll(), "ended too soon")
            time.sleep(0.002)

    def test_a_scenario_that_changes_during_a_sweep_ends_it(self):
        def write(seed):
            with open(self.path("own.toml"), "w", encoding="utf-8") as file:
                file.write(f'extends = "{self.shipped()}"\n[scenario]\nname = "own"\nseed = {seed}\n')
        write(1)
        process = self.begin("sweep", "own.toml", "--vary", "load.multiplier=1|1.5", "--replications", "400", "--threads", "1", "--out", self.path("out"))
        self.wait_for("out.journal", 2000, process)
        write(2)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn("--vary #2 (load.multiplier=1.5): expected the files that were checked when the sweep began", errors)
        self.assertFalse(os.path.exists(self.path("out")))
        write(1)
        self.call(0, "sweep", "own.toml", "--vary", "load.multiplier=1|1.5", "--replications", "400", "--resume", "--out", self.path("out"))

    @staticmethod
    def shipped():
        return os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "simulations", "scenarios", "xiapu-2022.toml")

    def test_a_journal_that_could_not_be_kept_is_told_when_a_run_is_stopped(self):
        for verb in ("sweep", "run"):
            def little_room():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))
            arguments = VERBS[verb] + ["--replications", "100000", "--out", self.path(verb), "--resume"]
            process = self.begin(*arguments, preexec_fn=little_room, restore_signals=False)
            self.wait_for(f"{verb}.journal", 50, process)
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 3, errors)
            self.assertIn("File too large", errors)

    def test_a_run_told_to_stop_in_its_last_block_is_a_whole_run(self):
        process = self.begin("run", "xiapu-2022", "--set", "load.multiplier=40", "--replications", "8", "--threads", "1", "--out", self.path("out"), "--resume")
        self.wait_for("out.journal", 50, process)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (0, ""))
        self.assertEqual(json.loads(self.read("out/results.json"))["policies"][0]["replications"], 8)

    def test_a_sweep_can_be_stopped_while_its_cells_are_looked_at(self):
        values = "|".join(str(1 + i / 1000) for i in range(900))
        process = self.begin("sweep", "xiapu-2022", "--vary", "load.multiplier=" + values, "--vary", "load.silent_days=" + values, "--out", self.path("out"))
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)  # all cells would take a quarter of an hour
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn("stopped before the first replication", errors)
        self.assertEqual([name for name in os.listdir(self.folder.name) if "out" in name], [])


class Compared(Case):
    def test_all_policies_have_the_intervals_of_the_confidence_that_the_results_name(self):
        self.call(0, "compare", "xiapu-2022", "--set", "scenario.confidence=0.6", "--replications", "8", "--out", self.path("out"))
        results = json.loads(self.read("out/results.json"))
        base, other = results["policies"]
        self.assertEqual(base["values"], other["values"])

    def test_a_county_of_as_many_but_other_townships_is_refused(self):
        folder = os.path.join(os.path.dirname(Stopped.shipped()), "data")
        for table in ("units", "officials", "links"):
            with open(os.path.join(folder, "xiapu", table + ".csv"), encoding="utf-8") as file:
                text = file.read()
            with open(self.path(table + ".csv"), "w", encoding="utf-8") as file:
                file.write(text.replace("350921101", "350921991"))
        settings = " && ".join(f"county.{table}={self.path(table + '.csv')}" for table in ("units", "officials", "links"))
        done = self.call(0, "compare", "xiapu-2022", "--set", settings, "--replications", "8", "--out", self.path("out"), code=2)
        self.assertIn("expected the same county", done.stderr)


class Start(Case):
    def test_alone_the_program_does_not_begin_mpi(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("OMPI_COMM", "PMI"))}
        environment["OMPI_MCA_ess_base_verbose"] = "10"  # MPI would speak of its start
        done = subprocess.run([PROGRAM, "run", "xiapu-2022", "--replications", "1", "--out", self.path("out")], capture_output=True, text=True, env=environment, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1, warnings="ignore")
