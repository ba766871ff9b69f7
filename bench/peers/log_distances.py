#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures of the package log-distance-measures (PyPI) for the logs that tests/validation/receipt_log.cpp plays: an outside check of its own.

Usage: receipt_log LOG FOLDER; log_distances.py FOLDER. Ends with 77 where the package is not there (pip install log-distance-measures).
"""
import pathlib
import sys

try:
    import pandas as pd
    from log_distance_measures.absolute_event_distribution import absolute_event_distribution_distance
    from log_distance_measures.case_arrival_distribution import case_arrival_distribution_distance
    from log_distance_measures.circadian_event_distribution import circadian_event_distribution_distance
    from log_distance_measures.config import DEFAULT_CSV_IDS as IDS, AbsoluteTimestampType
    from log_distance_measures.cycle_time_distribution import cycle_time_distribution_distance
    from log_distance_measures.work_in_progress import work_in_progress_distance
except ImportError as missing:
    print(f"{missing}: nothing is checked")
    sys.exit(77)


def log(path):
    table = pd.read_csv(path, dtype={"case_id": str})
    for column in (IDS.start_time, IDS.end_time):
        table[column] = pd.to_datetime(table[column], utc=True)
    return table


folder = pathlib.Path(sys.argv[1])
came = log(folder / "came.csv")
print(f"{'':18}{'cycle time, h':>15}{'arrivals, h':>13}{'circadian, h':>14}{'starts, h':>11}{'in progress, h':>16}")
for name in ("fitted-law", "fitted-empirical", "naive-mean", "naive-resampled"):
    played = log(folder / f"{name}.csv")
    pair = (came, IDS, played, IDS)
    values = (
        cycle_time_distribution_distance(*pair, bin_size=pd.Timedelta(hours=1)),
        case_arrival_distribution_distance(*pair),
        circadian_event_distribution_distance(*pair, AbsoluteTimestampType.START),
        absolute_event_distribution_distance(*pair, AbsoluteTimestampType.START),
        work_in_progress_distance(*pair, window_size=pd.Timedelta(hours=1), normalize=False),
    )
    print(f"{name:18}" + "".join(f"{v:>{w}.3f}" for v, w in zip(values, (15, 13, 14, 11, 16))))
