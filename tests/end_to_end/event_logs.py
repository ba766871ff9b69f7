#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Event logs that the program writes, as somebody without it reads them: table, XES (IEEE 1849) and OCEL 2.0.

Usage: event_logs.py PROGRAM SOURCE_FOLDER
"""
import collections
import csv
import datetime
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SCENARIOS = os.path.join(SOURCE, "simulations", "scenarios")
SHORT = ["--set", "scenario.warm_up=30", "--set", "scenario.end=2022-07-31", "-n", "2", "--histories", "0-1", "--quiet", "--force"]
XES = "{http://www.xes-standard.org/}"
HOSTILE = """<b>&amp;"'</b>]]>\\ """


def allowed_transitions():
    """(state, event) -> state, from the rows of the table in petition/life_cycle.hpp and the open states of petition/case_state.hpp."""
    text = ""
    for header in ("life_cycle.hpp", "case_state.hpp"):
        with open(os.path.join(SOURCE, "include", "sifang", "petition", header), encoding="utf-8") as file:
            text += file.read()
    table = {(a, e): b for a, e, b in re.findall(r"\{\d+,\s*s::(\w+),\s*e::(\w+),\s*s::(\w+),", text)}
    is_open = re.search(r"constexpr unsigned open = (.*?);", text, re.S)[1]
    for state in re.findall(r"case_state::(\w+)", is_open):  # the three rows that every open state has
        table.update({(state, "cutoff"): state, (state, "expire"): state, (state, "withdraw"): "withdrawn"})
    return table


def moment(text):
    at = datetime.datetime.fromisoformat(text)
    assert at.utcoffset() == datetime.timedelta(hours=8), text
    return at


def xes_values(element):
    """The attributes of a case or event by key, each once and of its type."""
    out = {}
    for one in element:
        kind = one.tag.removeprefix(XES)
        if kind == "event":
            continue
        read = {"string": str, "date": moment, "int": int, "float": float, "boolean": {"true": True, "false": False}.__getitem__}[kind]
        key = one.get("key")
        assert key not in out, key
        assert set(one.attrib) == {"key", "value"} and len(one) == 0
        out[key] = read(one.get("value"))
    return out


def read_xes(path):
    """(log, traces) where a trace is (attributes, events): as the standard wants it, or an AssertionError."""
    root = ET.parse(path).getroot()
    assert root.tag == XES + "log" and root.get("xes.version") == "1849.2016", root.attrib
    order = ["extension", "global", "classifier", "string", "trace"]
    kinds = [one.tag.removeprefix(XES) for one in root]
    assert [k for k, _ in itertools.groupby(kinds)] == order, set(kinds)
    name = re.compile(r"[A-Za-z_][\w.-]*")  # the schema's xs:NCName; a key is an xs:Name
    assert all(name.fullmatch(one.get("name")) for one in root if one.tag in (XES + "extension", XES + "classifier"))
    prefixes = {one.get("prefix") for one in root.iter(XES + "extension")}
    assert all(one.get("name") and one.get("uri") for one in root.iter(XES + "extension"))
    wanted = {one.get("scope"): {a.get("key") for a in one} for one in root.iter(XES + "global")}
    for classifier in root.iter(XES + "classifier"):
        assert set(classifier.get("keys").split()) <= wanted["event"]
    traces = []
    for trace in root.iter(XES + "trace"):
        values, events = xes_values(trace), [xes_values(e) for e in trace.iter(XES + "event")]
        assert wanted["trace"] <= values.keys()
        for some in [values, *events]:
            for key in some:
                prefix, rest = key.split(":")
                assert prefix in prefixes and name.fullmatch(rest), key
        for event in events:
            assert wanted["event"] <= event.keys(), event
        traces.append((values, events))
    return root, traces


def check_ocel(log):
    """What the OCEL 2.0 standard wants of a JSON file, its schema and what its definitions say beyond it."""
    def texts(record, *names):
        for name in names:
            assert isinstance(record[name], str), (name, record)

    assert {"eventTypes", "objectTypes", "events", "objects"} == log.keys()
    declared = {}
    for sort in ("eventTypes", "objectTypes"):
        declared[sort] = {}
        for one in log[sort]:
            texts(one, "name")
            assert one["name"] not in declared[sort], one["name"]
            for value in one["attributes"]:
                texts(value, "name", "type")
                assert value["type"] in ("string", "time", "integer", "float", "boolean")
            declared[sort][one["name"]] = {value["name"]: value["type"] for value in one["attributes"]}
            assert len(declared[sort][one["name"]]) == len(one["attributes"])
    read = {"string": str, "time": datetime.datetime.fromisoformat, "integer": int, "float": float,
            "boolean": {"true": True, "false": False}.__getitem__}
    objects = {one["id"] for one in log["objects"]}
    assert len(objects) == len(log["objects"])
    assert len({one["id"] for one in log["events"]}) == len(log["events"])
    for sort, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        for one in log[sort]:
            texts(one, "id", "type")
            if sort == "events":
                moment(one["time"])
            seen = {}
            for value in one["attributes"]:
                texts(value, "name", "value")
                read[declared[types][one["type"]][value["name"]]](value["value"])
                if sort == "objects":
                    since = datetime.datetime.fromisoformat(value["time"].replace("Z", "+00:00"))
                    assert value["name"] not in seen or seen[value["name"]] < since, one
                    seen[value["name"]] = since
                else:
                    assert value["name"] not in seen, one
                    seen[value["name"]] = None
            for relation in one["relationships"]:
                texts(relation, "objectId", "qualifier")
                assert relation["objectId"] in objects, relation


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        for name in ("e.csv", "e.xes", "e.json"):
            cls.call(cls, "run", "xiapu-2022", *SHORT, "--events-out", name, "--cases-out", "cases.csv")
        with open(cls.path(cls, "e.csv"), newline="", encoding="utf-8-sig") as file:
            cls.rows = list(csv.DictReader(file))
        with open(cls.path(cls, "cases.csv"), newline="", encoding="utf-8-sig") as file:
            cls.cases = list(csv.DictReader(file))
        cls.root, cls.traces = read_xes(cls.path(cls, "e.xes"))
        with open(cls.path(cls, "e.json"), encoding="utf-8") as file:
            cls.ocel = json.load(file)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=600)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, (arguments, done.returncode, out + err)
        return out, err

    def test_three_formats_tell_the_same_events(self):
        def clock(at, day_only):
            return "" if day_only else at.strftime("%H:%M")

        table = collections.Counter()
        for row in self.rows:
            who = tuple(row["people"].split(";")) if row["people"] else ()
            table[row["replication"], row["case"], row["event"], row["date"], row["time"], row["unit"], who, row["from"], row["to"]] += 1
        log = collections.Counter()
        for values, events in self.traces:
            for e in events:
                at, people = e["time:timestamp"], e.get("sifang:people", e.get("org:resource", ""))
                log[str(values["sifang:replication"]), values["sifang:case"], e["concept:name"], at.date().isoformat(), clock(at, "sifang:day_only" in e),
                    e.get("org:group", ""), tuple(people.split(";")) if people else (), e.get("sifang:from", ""), e.get("sifang:to", "")] += 1
        objects = collections.Counter()
        for e in self.ocel["events"]:
            values = {v["name"]: v["value"] for v in e["attributes"]}
            ids = collections.defaultdict(list)
            for relation in e["relationships"]:
                kind, name = relation["objectId"].split(":", 1)
                if relation["qualifier"] != "former_owner" and relation["qualifier"] != "petitioner":
                    ids[kind].append(name)
            _, replication, case = ids["case"][0].split("/") if ids["case"] else (*ids["session"][0].split("/")[:2], "")
            at = moment(e["time"])
            objects[replication, case, e["type"], at.date().isoformat(), clock(at, "day_only" in values), "".join(ids["unit"]),
                    tuple(ids["official"]), values.get("from", ""), values.get("to", "")] += 1
        self.assertGreater(sum(table.values()), 10000)
        self.assertEqual(objects, table)
        self.assertEqual(log, collections.Counter({key: n for key, n in table.items() if key[2] != "session"}))

    def test_every_column_of_the_tables_is_in_the_logs(self):
        def text(value):
            if isinstance(value, datetime.datetime):
                return value.date().isoformat()
            if isinstance(value, bool):
                return str(value).lower()
            return "" if value is None else format(value, "g") if isinstance(value, float) else str(value)

        def number(value):
            return format(float(value), "g") if value else ""

        rows = {(row["replication"], row["number"]): row for row in self.rows}
        self.assertEqual(len(rows), len(self.rows))
        elsewhere = {"policy", "replication", "number", "date", "time", "case", "event", "people", "unit", "help", "heard", "left", "not_heard"}
        columns = rows["0", "1"].keys() - elsewhere
        self.assertGreater(len(columns), 22)
        filled = set()
        for values, events in self.traces:
            for e in events:
                row = rows[str(values["sifang:replication"]), str(e["sifang:number"])]
                for column in columns:
                    told = text(e.get("sifang:" + column))
                    self.assertEqual(told, number(row[column]) if column == "minutes" else row[column], (column, row))
                    if told:
                        filled.add(column)
                self.assertEqual(text(e.get("cost:total")), number(row["help"]))
        self.assertEqual(filled, columns)
        in_relations = {"former_owner", "unit_name"}
        for e in self.ocel["events"]:
            values = {v["name"]: v["value"] for v in e["attributes"]}
            row = rows[e["id"].split("/")[1], values["number"]]
            for column in (columns - in_relations) | {"help", "heard", "left", "not_heard"}:
                told = values.get(column, "")
                told = told[:10] if re.match(r"....-..-..T", told) else told
                self.assertEqual(number(told) if column in ("minutes", "help") else told, number(row[column]) if column in ("minutes", "help") else row[column], (column, row))
        cases = {row["replication"] + "/" + row["case"]: row for row in self.cases}
        known = 0
        for values, _ in self.traces:
            row = cases.get(str(values["sifang:replication"]) + "/" + values["sifang:case"])
            self.assertEqual(row is not None, values["sifang:registered_as_case"])
            for key in values if row else ():
                column = {"sifang:state_at_end": "state"}.get(key, key.removeprefix("sifang:"))
                if column not in ("concept:name", "registered_as_case"):
                    self.assertEqual(text(values[key]), row[column], key)
                    known += 1
        self.assertGreater(known, 17 * len(cases))

    def test_the_cases_of_a_log_go_as_the_life_cycle_lets_them(self):
        allowed = allowed_transitions()
        self.assertEqual(len(allowed), 32 + 3 * 9)
        follows = set()
        for values, events in self.traces:
            times = [e["time:timestamp"] for e in events]
            self.assertEqual(times, sorted(set(times)), values["concept:name"])
            state, before = "none", None
            for e in events:
                if "sifang:from" not in e:
                    continue
                self.assertEqual(e["sifang:from"], state, values["concept:name"])
                self.assertEqual(e["sifang:to"], allowed[state, e["concept:name"]])
                state = e["sifang:to"]
                if before:
                    follows.add((before, e["concept:name"]))
                before = e["concept:name"]
            if values["sifang:registered_as_case"]:
                self.assertEqual(values["sifang:state_at_end"], state)
        may_follow = {(a, b) for (_, a), reached in allowed.items() for (state, b) in allowed if state == reached}
        self.assertGreater(len(follows), 30)
        self.assertLessEqual(follows, may_follow)
        self.assertLess(len(may_follow), 32 * 32 / 2)  # the table forbids most

    def test_an_object_centric_log_keeps_to_the_standard(self):
        check_ocel(self.ocel)
        kinds = collections.Counter(o["type"] for o in self.ocel["objects"])
        self.assertEqual(kinds.keys(), {"case", "petitioner", "official", "unit", "session"})
        self.assertEqual(kinds["case"], len(self.traces))
        self.assertEqual(kinds["petitioner"], len(self.traces))
        self.assertEqual(kinds["session"], sum(row["event"] == "session" for row in self.rows))
        # What changes has its moments: the last state of a case is the one it ends in.
        for o in self.ocel["objects"]:
            if o["type"] != "case":
                continue
            values = {v["name"]: v["value"] for v in o["attributes"]}  # the last of a name stays
            if values["registered_as_case"] == "true":
                self.assertEqual(values["state"], values["state_at_end"], o["id"])
        # Most interviews can be told to have been in a session that was held.
        heard = [e for e in self.ocel["events"] if e["type"] == "heard"]
        in_session = [e for e in heard if any(r["qualifier"] == "session" for r in e["relationships"])]
        self.assertGreater(len(in_session), 0.9 * len(heard))
        # The check finds out what is wrong.
        one = next(e for e in self.ocel["events"] if e["attributes"] and e["relationships"])
        named = {r["objectId"] for r in one["relationships"]}
        few = {**self.ocel, "events": [one], "objects": [{**o, "relationships": []} for o in self.ocel["objects"] if o["id"] in named]}
        check_ocel(few)
        for spoilt in ({**one, "relationships": [{"objectId": "nobody", "qualifier": "x"}]}, {**one, "attributes": [{"name": "undeclared", "value": "1"}]},
                       {**one, "attributes": [{"name": "number", "value": "many"}]}, {**one, "attributes": [{"name": "number", "value": 1}]},
                       {**one, "time": "2022-01-01"}, {**one, "type": "unheard_of"}):
            with self.assertRaises((AssertionError, KeyError, ValueError, TypeError)):
                check_ocel({**few, "events": [spoilt]})
        with self.assertRaises(AssertionError):
            check_ocel({**few, "objects": few["objects"] * 2})

    def test_the_bytes_do_not_depend_on_threads(self):
        for name in ("e.xes", "e.json"):
            self.call("run", "xiapu-2022", *SHORT, "-j", "2", "--events-out", "two-" + name)
            with open(self.path(name), "rb") as a, open(self.path("two-" + name), "rb") as b:
                self.assertEqual(a.read(), b.read())

    def test_policies_share_a_log(self):
        short = ["--common", "scenario.warm_up=0", "-n", "2", "--quiet", "--force"]
        self.call("compare", "xiapu-2022", "wednesday", *short, "--unknowns", "0", "--events-out", "both.xes")
        self.call("compare", "xiapu-2022", "wednesday", *short, "--unknowns", "0", "--events-out", "both.jsonocel")
        _, traces = read_xes(self.path("both.xes"))
        self.assertEqual({t[0]["sifang:policy"] for t in traces}, {"xiapu-2022", "wednesday"})
        self.assertEqual(len({t[0]["concept:name"] for t in traces}), len(traces))
        with open(self.path("both.jsonocel"), encoding="utf-8") as file:
            log = json.load(file)
        check_ocel(log)
        self.assertEqual(sum(o["type"] == "case" for o in log["objects"]), len(traces))

    def test_hostile_names_stay_names(self):
        shutil.copytree(os.path.join(SCENARIOS, "data"), self.path("data"))
        shutil.copy(os.path.join(SCENARIOS, "xiapu-2022.toml"), self.path("hostile.toml"))
        units = self.path("data/xiapu/units.csv")
        with open(units, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        names = {}
        for row in rows:
            row["name"] += HOSTILE
            names[row["code"]] = row["name"].strip()
        with open(units, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        short = ["--set", "scenario.warm_up=0", "-n", "1", "--quiet", "--force"]
        self.call("run", "hostile.toml", *short, "--events-out", "h.xes")
        self.call("run", "hostile.toml", *short, "--events-out", "h.json")
        named = [e for _, events in read_xes(self.path("h.xes"))[1] for e in events if "sifang:unit_name" in e]
        self.assertGreater(len(named), 1000)
        for e in named:
            self.assertEqual(e["sifang:unit_name"].strip(), names[e["org:group"]])
        with open(self.path("h.json"), encoding="utf-8") as file:
            log = json.load(file)
        check_ocel(log)
        told = {o["id"]: {v["name"]: v["value"] for v in o["attributes"]}["name"].strip() for o in log["objects"] if o["type"] == "unit"}
        self.assertEqual(told, {"unit:" + code: name for code, name in names.items()})

    def test_a_ledger_as_an_event_log_and_back(self):
        ledger = os.path.join(SCENARIOS, "data", "example-cases.csv")
        for name in ("l.csv", "l.xes", "l.json"):
            out, _ = self.call("ledger", ledger, "xiapu-2022", "--events-out", name)
            self.assertIn("Events: " + name, out)
        with open(ledger, encoding="utf-8-sig", newline="") as file:
            cases = {row["id"]: row for row in csv.DictReader(file)}
        wanted = {}
        for name, row in cases.items():
            day = datetime.date.fromisoformat(row["date"])
            wanted[name] = [("registered", day)]
            for event, column in (("accepted", "acceptance_days"), ("replied", "handling_days")):
                if not row[column]:
                    break
                day += datetime.timedelta(days=int(row[column]))
                wanted[name].append((event, day))
        _, traces = read_xes(self.path("l.xes"))
        self.assertEqual({t[0]["concept:name"]: [(e["concept:name"], e["time:timestamp"].date()) for e in t[1]] for t in traces}, wanted)
        self.assertGreater(sum(len(events) == 3 for events in wanted.values()), 5)
        with open(self.path("l.json"), encoding="utf-8") as file:
            log = json.load(file)
        check_ocel(log)
        told = collections.Counter((e["type"], moment(e["time"]).date()) for e in log["events"])
        with open(self.path("l.csv"), encoding="utf-8-sig", newline="") as file:
            table = collections.Counter((row["event"], datetime.date.fromisoformat(row["date"])) for row in csv.DictReader(file))
        self.assertEqual(told, collections.Counter(event for events in wanted.values() for event in events))
        self.assertEqual(table, told)
        # The log is a ledger again: the same results to the last byte, where XML can be read.
        probe = self.call("ledger", "l.xes", "xiapu-2022", code=0 if self.has_office() else 2)
        if not self.has_office():
            return
        self.assertIn(f"{len(cases)} rows, {len(cases)} can be used", probe[0])
        for name, given in (("csv", ledger), ("xes", "l.xes")):
            self.call("run", "xiapu-2022", "--set", "scenario.warm_up=0", "-n", "2", "--quiet", "--cases", given, "--out", "of-" + name)
        for file in ("kpi.csv",):
            with open(self.path("of-csv/" + file), "rb") as a, open(self.path("of-xes/" + file), "rb") as b:
                self.assertEqual(a.read(), b.read())
        self.call("ledger", "l.xes", "xiapu-2022", "--events-out", "again.xes")
        with open(self.path("l.xes"), "rb") as a, open(self.path("again.xes"), "rb") as b:
            self.assertEqual(a.read(), b.read())
        # Other logs are refused in messages with their place.
        with open(self.path("bomb.xes"), "w") as file:
            file.write('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>\n<log>&c;</log>')
        for lang, words in (("en", "document type"), ("zh", "文档类型")):
            _, err = self.call("ledger", "bomb.xes", "xiapu-2022", code=2, lang=lang)
            self.assertRegex(err, r"^bomb\.xes:2:\d+[:：].*" + words)
            self.assertEqual(err.count("\n"), 1)
        _, err = self.call("ledger", "e.xes", "xiapu-2022", code=2)
        self.assertRegex(err, r"^e\.xes:\d+: .*sifang:place.*\n$")

    def has_office(self):
        with open(self.path("probe.xlsx"), "wb") as file:
            file.write(b"PK\x03\x04")
        return "libzip" not in self.call("ledger", "probe.xlsx", "xiapu-2022", code=2)[1]

    def test_bad_use_gets_one_message(self):
        for name in ("a.xes.gz", "a.xml", "a.ocel"):
            for arguments in (["run", "xiapu-2022", "-n", "1"], ["ledger", os.path.join(SCENARIOS, "data", "example-cases.csv"), "xiapu-2022"]):
                for lang in ("en", "zh"):
                    out, err = self.call(*arguments, "--events-out", name, code=2, lang=lang)
                    self.assertEqual((out, err.count("\n")), ("", 1), err)
                    self.assertIn(name, err)
                    self.assertIn(".xes", err)
        self.assertFalse(os.path.exists(self.path("a.xml")))
        ledger = os.path.join(SCENARIOS, "data", "example-cases.csv")
        with open(self.path("mine.xes"), "w") as file:
            file.write("mine")
        _, err = self.call("ledger", ledger, "xiapu-2022", "--events-out", "mine.xes", code=2)
        self.assertIn("--force", err)
        with open(self.path("mine.xes")) as file:
            self.assertEqual(file.read(), "mine")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
