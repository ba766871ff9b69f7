# SPDX-License-Identifier: BSL-1.0
"""What the Python models share: measurement in batches, the model's constants, and the line of output.

The batches are of the same size as in protocol.h, so that every engine is judged in the same way.
"""
import json
import time

BATCHES = 20
started = time.perf_counter()


def start():
    """Begins the measurement: what came before was building the model."""
    global started
    started = time.perf_counter()


class RECEPTION:
    """309 units; each receives every 14th day, at the end of the day, and hears so many cases."""
    units = 309
    period = 14
    deadline = 15  # days; heard on the 15th day after coming is in time

    @staticmethod
    def capacity(cases_a_year):
        return 1 if cases_a_year == 3000 else 5


class batches:
    """Means of waits, and of "waited at all", over twenty batches of customers."""

    def __init__(self, customers):
        self.size = customers // BATCHES
        self.count = 0
        self.sum = [0.0] * (BATCHES + 1)
        self.above = [0] * (BATCHES + 1)

    def add(self, wait):
        batch = min(self.count // self.size, BATCHES)
        self.count += 1
        self.sum[batch] += wait
        self.above[batch] += wait > 0

    def means(self):
        return [s / self.size for s in self.sum[:BATCHES]]

    def positive(self):
        return [n / self.size for n in self.above[:BATCHES]]


class pace:
    """Times between events over their theoretical mean, in twenty batches of events."""

    def __init__(self, pending, events):
        self.pending = pending
        self.size = events // BATCHES
        self.count = 0
        self.last = 0.0
        self.values = []
        self.done = False

    def tick(self, now):
        self.count += 1
        if self.count == self.size:
            self.values.append((now - self.last) * self.pending / self.size)
            self.last, self.count = now, 0
            self.done = len(self.values) == BATCHES


class years:
    """Days waited and deadlines missed by the year of the session, after a year to fill the queues."""

    def __init__(self, measured):
        self.count = [0] * (measured + 1)
        self.days = [0.0] * (measured + 1)
        self.late = [0] * (measured + 1)
        self.end = 365 * (measured + 1) + 0.5

    def add(self, now, wait, late):
        year = int(now - 1) // 365
        self.count[year] += 1
        self.days[year] += wait
        self.late[year] += late

    @property
    def cases(self):
        return sum(self.count)

    def values(self):
        return {
            "wait": [d / n for d, n in zip(self.days[1:], self.count[1:])],
            "late": [d / n for d, n in zip(self.late[1:], self.count[1:])],
        }


def main(arguments, models):
    if len(arguments) == 2 and arguments[1] == "--list":
        print(*models, sep="\n")
        return
    name, size, seed = arguments[1], int(arguments[2]), int(arguments[3])
    start()
    units, values = models[name](size, seed)
    print(json.dumps({"seconds": time.perf_counter() - started, "units": units, "values": values}))
