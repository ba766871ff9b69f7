# SPDX-License-Identifier: BSL-1.0
"""The posterior of the bent model from figures that were seen, by pyABC (https://pyabc.rtfd.io): `pyabc_model.py CALLS SEED FIGURE...`.

Prints how often a year was played, then 1,000 draws, two parameters of the unit square a line, all of the same weight.
"""
import logging
import math
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
import numpy as np  # noqa: E402
import pyabc  # noqa: E402

logging.getLogger("ABC").setLevel(logging.ERROR)
YEAR, SPREAD = (0.05, 0.03, 0.1), (0.03, 0.03, 0.06)
most_calls, seed, seen = int(sys.argv[1]), int(sys.argv[2]), [float(x) for x in sys.argv[3:]]
np.random.seed(seed)
played = 0


def model(p):
    global played
    played += 1
    a, b = 2 * p["a"] - 1, 3 * p["b"]
    figures = (a * a + b, math.exp(a), b * a)
    return {str(k): f + np.random.normal(0, math.hypot(YEAR[k], SPREAD[k])) for k, f in enumerate(figures)}


prior = pyabc.Distribution(a=pyabc.RV("uniform", 0, 1), b=pyabc.RV("uniform", 0, 1))
abc = pyabc.ABCSMC(model, prior, pyabc.AdaptivePNormDistance(p=2, scale_function=pyabc.distance.mad), population_size=300,
                   eps=pyabc.MedianEpsilon(), sampler=pyabc.sampler.SingleCoreSampler())
with tempfile.TemporaryDirectory() as folder:
    abc.new("sqlite:///" + os.path.join(folder, "run.db"), {str(k): v for k, v in enumerate(seen)})
    history = abc.run(max_total_nr_simulations=most_calls, max_nr_populations=30)
    points, weights = history.get_distribution(t=history.max_t)
weights = np.asarray(weights) / np.sum(weights)
chosen = np.random.choice(len(weights), size=1000, p=weights)
print(played)
for i in chosen:
    print(repr(float(points["a"].iloc[i])), repr(float(points["b"].iloc[i])))
