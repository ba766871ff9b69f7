#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Two solvers of simoptlib (PyPI) on the staffing problem of tests/coverage/optimisers.cpp, on the same budgets: an outside check.

Usage: optimisers.py [RUNS]; 20 runs of each cell unless told. Ends with 77 where the package is not there (pip install simoptlib).

Stations of M/M/c share a target (80 % need not wait) and have one each (50 %); a server's price differs by station. What a number of
servers brings is Erlang's delay formula, seen with noise; the least cost is found by enumeration first and must be what the other program
prints. Random search (RNDSRCH) takes stochastic constraints; DASSO takes none, so what a target is missed by is added to its cost at a
price at which no missed target pays. An answer is judged by the truth: whether it meets the targets, and what it costs above the optimum.
"""
import itertools
import math
import sys
import warnings

warnings.filterwarnings("ignore")
try:
    import numpy as np
    from mrg32k3a.mrg32k3a import MRG32k3a
    from pydantic import BaseModel
    from simopt.base import ConstraintType, Model, Objective, Problem, RepResult, StochasticConstraint, VariableType
    from simopt.solvers.dasso import DASSO
    from simopt.solvers.randomsearch import RandomSearch
except ImportError as missing:
    print(f"{missing}: nothing is compared")
    sys.exit(77)

LEVELS, SHARED, EACH, PENALTY = 8, 0.80, 0.5, 1000.0


def erlang_c(servers, load):
    b = 1.0
    for k in range(1, servers + 1):
        b = load * b / (k + load * b)
    rho = load / servers
    return 1.0 if rho >= 1 else b / (1 - rho * (1 - b))


class Stations:
    """The numbers of tests/experiment/station_lattice.hpp."""

    def __init__(self, count):
        self.load = [1.3 + 0.9 * (j % 4) for j in range(count)]
        self.customers = [60 * load for load in self.load]
        self.least = [1 + int(load) for load in self.load]
        self.price = [1 + 0.45 * ((j * 3) % 5) for j in range(count)]
        self.served = [[1 - erlang_c(self.least[j] + k, self.load[j]) for k in range(LEVELS)] for j in range(count)]

    def cost(self, x):
        return sum(p * (least + k) for p, least, k in zip(self.price, self.least, x))

    def meets(self, x):
        served = [self.served[j][k] for j, k in enumerate(x)]
        together = sum(s * n for s, n in zip(served, self.customers)) / sum(self.customers)
        return together >= SHARED and all(s >= EACH for s in served)

    def optimum(self):
        points = itertools.product(range(LEVELS), repeat=len(self.load))
        return min(self.cost(x) for x in points if self.meets(x))

    def sample(self, x, normals):
        """Shares that need not wait in one replication: together, and at each station."""
        good = []
        for j, k in enumerate(x):
            share, n = self.served[j][k], self.customers[j]
            spread = 2.5 * math.sqrt(n * share * (1 - share))
            good.append(min(max(share * n - spread * (0.6 * normals[0] + 0.8 * normals[j + 1]), 0.0), n))
        return [sum(good) / sum(self.customers)] + [g / n for g, n in zip(good, self.customers)]


class Nothing(BaseModel):
    pass


class Config(BaseModel):
    initial_solution: tuple = ()
    budget: int = 5000


def problem_of(stations, budget, penalised):
    size = len(stations.load)

    class Staffing(Model):
        class_name_abbr, class_name, config_class, n_rngs, n_responses = "STAFF", "Stations", Nothing, 1, 1

        def before_replicate(self, rng_list):
            self.rng = rng_list[0]

        def replicate(self):
            return {}, {}

    class Least(Problem):
        class_name_abbr, class_name = "STAFF-1", "Least cost of stations"
        config_class, model_class = Config, Staffing
        n_objectives, minmax = 1, (-1,)
        n_stochastic_constraints = 0 if penalised else size + 1
        constraint_type = ConstraintType.BOX if penalised else ConstraintType.STOCHASTIC
        variable_type = VariableType.DISCRETE
        gradient_available = False
        optimal_value, optimal_solution = None, None
        model_default_factors, model_decision_factors = {}, set()

        @property
        def dim(self):
            return size

        @property
        def lower_bounds(self):
            return (0,) * size

        @property
        def upper_bounds(self):
            return (LEVELS - 1,) * size

        def vector_to_factor_dict(self, vector):
            return {}

        def factor_dict_to_vector(self, factor_dict):
            return ()

        def replicate(self, x):
            normals = [self.model.rng.normalvariate(0, 1) for _ in range(size + 1)]
            x = [int(round(v)) for v in x]
            seen = stations.sample(x, normals)
            missing = [SHARED - seen[0]] + [EACH - s for s in seen[1:]]
            if penalised:
                return RepResult(objectives=[Objective(stochastic=PENALTY * sum(max(m, 0.0) for m in missing), deterministic=stations.cost(x))])
            return RepResult(
                objectives=[Objective(stochastic=0.0, deterministic=stations.cost(x))],
                stochastic_constraints=[StochasticConstraint(stochastic=m) for m in missing],
            )

        def check_deterministic_constraints(self, x):
            return all(0 <= v < LEVELS for v in x)

        def get_random_solution(self, rng):
            return tuple(rng.randint(0, LEVELS - 1) for _ in range(size))

    return Least(fixed_factors={"initial_solution": (LEVELS - 1,) * size, "budget": budget})


def run(solver, problem, number):
    solver.attach_rngs([MRG32k3a(s_ss_sss_index=[2, i + 1, 0]) for i in range(3)])
    solver.solution_progenitor_rngs = [MRG32k3a(s_ss_sss_index=[number + 3, i, 0]) for i in range(problem.model.n_rngs)]
    solver.rng_list = [MRG32k3a(s_ss_sss_index=[number + 3, problem.model.n_rngs + i, 0]) for i in range(len(solver.rng_list))]
    found = solver.run(problem)
    return [int(round(v)) for v in found["solution"].iloc[-1]]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print("| stations | budget | search | ended in an error | meet the targets | cost above the optimum | exact |")
    print("|---:|---:|---|---:|---:|---:|---:|")
    for count in (4, 6):
        stations = Stations(count)
        best = stations.optimum()
        for budget in (5000, 20000):
            for name, solver, penalised in (("RNDSRCH", RandomSearch, False), ("DASSO", DASSO, True)):
                meet, cost, exact, errors = 0, 0.0, 0, 0
                for number in range(runs):
                    problem = problem_of(stations, budget, penalised)
                    own = solver(fixed_factors={"sample_size": 64})
                    try:
                        x = run(own, problem, number)
                    except np.linalg.LinAlgError:  # DASSO, where a point shows no noise
                        errors += 1
                        continue
                    if not stations.meets(x):
                        continue
                    meet += 1
                    cost += stations.cost(x) / best - 1
                    exact += stations.cost(x) < best + 1e-9
                above = f"{100 * cost / meet:.1f} %" if meet else "–"
                print(f"| {count} | {budget} | {name} | {errors} | {meet} of {runs} | {above} | {exact} |", flush=True)
        print(f"| {count} | | optimum {best:.2f} | | | | |")


if __name__ == "__main__":
    main()
