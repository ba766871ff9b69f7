# SPDX-License-Identifier: BSL-1.0
"""The models of bench/peers in Ciw: networks of nodes, measured from the records it keeps.

Usage: ciw_models.py MODEL SIZE SEED. Ciw has no bare event list, hence no hold model.
"""
import sys

import ciw

import protocol


def station(servers, customers, seed):
    """M/M/c at load 0.9."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(0.9 * servers)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[servers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers)
    waits = protocol.batches(customers)
    for record in sorted(simulation.get_all_records(), key=lambda r: r.arrival_date):
        waits.add(record.waiting_time)
    return customers, {"wait": waits.means(), "delayed": waits.positive()}


def reception(cases_a_year, years, seed):
    """A node for each unit, with slotted service: its own word for sessions."""
    ciw.seed(seed)
    day = protocol.RECEPTION
    heard = protocol.years(years)

    def sessions(unit):
        first = (unit % day.period + 1) % day.period  # its schedules begin one period after their offset
        return ciw.Slotted(slots=[day.period], slot_sizes=[day.capacity(cases_a_year)], offset=float(first))

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(cases_a_year / 365 / day.units)] * day.units,
        service_distributions=[ciw.dists.Deterministic(0.0)] * day.units,
        number_of_servers=[sessions(unit) for unit in range(day.units)],
        routing=[[0.0] * day.units for _ in range(day.units)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(heard.end)
    for record in simulation.get_all_records():
        wait = round(record.service_start_date) - 1 - int(record.arrival_date)
        heard.add(record.service_start_date, wait, wait > day.deadline)
    return heard.cases, heard.values()


protocol.main(sys.argv, {
    "mm1": lambda size, seed: station(1, size, seed),
    "mm10": lambda size, seed: station(10, size, seed),
    "reception-3000": lambda size, seed: reception(3000, size, seed),
    "reception-30000": lambda size, seed: reception(30000, size, seed),
})
