# SPDX-License-Identifier: BSL-1.0
"""The models of bench/peers in SimPy, in its usual style: a process for each customer.

Usage: simpy_models.py MODEL SIZE SEED. See README.md for models and output.
"""
import collections
import random
import sys

import simpy

import protocol


def station(servers, customers, seed):
    """M/M/c at load 0.9."""
    draw = random.Random(seed)
    waits = protocol.batches(customers)

    def customer(env, desk):
        arrived = env.now
        with desk.request() as turn:
            yield turn
            waits.add(env.now - arrived)
            yield env.timeout(draw.expovariate(1.0))

    def source(env, desk):
        for _ in range(customers):
            yield env.timeout(draw.expovariate(0.9 * servers))
            env.process(customer(env, desk))

    env = simpy.Environment()
    env.process(source(env, simpy.Resource(env, servers)))
    env.run()
    return customers, {"wait": waits.means(), "delayed": waits.positive()}


def hold(pending, events, seed):
    """`pending` processes, each of which waits for an exponential time, again and again."""
    draw = random.Random(seed)
    pace = protocol.pace(pending, events)

    def loop(env):
        while True:
            yield env.timeout(draw.expovariate(1.0))
            pace.tick(env.now)

    env = simpy.Environment()
    for _ in range(pending):
        env.process(loop(env))
    env.run(until=1e-9)  # every process is waiting
    protocol.start()
    while not pace.done:
        env.step()
    return events, {"pace": pace.values}


def reception(cases_a_year, years, seed, timers):
    """Units that receive every 14 days. With `timers` each case is a process with a clock that rings at its
    deadline, as one writes it in SimPy; without, the wait is compared with the deadline when it ends."""
    day = protocol.RECEPTION
    draw = random.Random(seed)
    heard_by_year = protocol.years(years)
    lines = [collections.deque() for _ in range(day.units)]

    def case(env, line):
        came = int(env.now)
        heard = env.event()
        line.append(heard)
        late = False
        clock = env.timeout(came + day.deadline + 1.5 - env.now)
        yield heard | clock
        if not heard.triggered:
            late = True
            yield heard
        heard_by_year.add(env.now, env.now - 1 - came, late)

    def sessions(env, line, first):
        yield env.timeout(first + 1)
        while True:
            for _ in range(min(len(line), day.capacity(cases_a_year))):
                heard = line.popleft()
                if timers:
                    heard.succeed()
                else:
                    wait = env.now - 1 - heard
                    heard_by_year.add(env.now, wait, wait > day.deadline)
            yield env.timeout(day.period)

    def arrivals(env):
        while True:
            yield env.timeout(draw.expovariate(cases_a_year / 365))
            line = lines[draw.randrange(day.units)]
            if timers:
                env.process(case(env, line))
            else:
                line.append(int(env.now))

    env = simpy.Environment()
    for unit, line in enumerate(lines):
        env.process(sessions(env, line, unit % day.period))
    env.process(arrivals(env))
    env.run(until=heard_by_year.end)
    return heard_by_year.cases, heard_by_year.values()


protocol.main(sys.argv, {
    "mm1": lambda size, seed: station(1, size, seed),
    "mm10": lambda size, seed: station(10, size, seed),
    "hold-10": lambda size, seed: hold(10, size, seed),
    "hold-1000": lambda size, seed: hold(1000, size, seed),
    "hold-100000": lambda size, seed: hold(100000, size, seed),
    "reception-3000": lambda size, seed: reception(3000, size, seed, False),
    "reception-30000": lambda size, seed: reception(30000, size, seed, False),
    "reception-3000-clocks": lambda size, seed: reception(3000, size, seed, True),
    "reception-30000-clocks": lambda size, seed: reception(30000, size, seed, True),
})
