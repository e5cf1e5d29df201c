"""Fits statsforecast's AutoETS and AutoTheta to 50 M4 hourly series and writes what it found, as JSON.

Every sixth series of the file, the first fifty of them; season 24, horizon 48. Times are of the second of two fits of a
series (the first may compile), one thread.

    python reference-statsforecast.py TRAIN.csv.gz OUT.json     (statsforecast 2.1.1)
"""

import json
import os
import sys
import time
import warnings

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from statsforecast.ets import ets_f, forecast_ets  # noqa: E402
from statsforecast.theta import auto_theta, forecast_theta  # noqa: E402

SEASON, HORIZON, EVERY, COUNT = 24, 48, 6, 50


def timed(fit):
    started = time.process_time()
    result = fit()
    return result, time.process_time() - started


def main(train, out):
    warnings.filterwarnings("ignore")
    frame = pd.read_csv(train)
    names = list(dict.fromkeys(frame["unique_id"]))[::EVERY][:COUNT]
    groups = {name: part["y"].to_numpy(float) for name, part in frame.groupby("unique_id")}
    ets_f(groups[names[0]][:100], SEASON)
    auto_theta(groups[names[0]][:100], SEASON)
    rows = []
    for name in names:
        y = groups[name]
        ets, ets_seconds = timed(lambda: ets_f(y, SEASON))
        theta, theta_seconds = timed(lambda: auto_theta(y, SEASON))
        rows.append(
            {
                "name": name,
                "ets": {
                    "form": ets["components"],
                    "logLikelihood": float(ets["loglik"]),
                    "aicc": float(ets["aicc"]),
                    "forecast": [float(v) for v in forecast_ets(ets, HORIZON)["mean"]],
                    "seconds": ets_seconds,
                },
                "theta": {
                    "form": theta["modeltype"],
                    "loss": float(theta["mse"]),
                    "forecast": [float(v) for v in forecast_theta(theta, HORIZON)["mean"]],
                    "seconds": theta_seconds,
                },
            }
        )
        print(name, len(y), rows[-1]["ets"]["form"], rows[-1]["theta"]["form"], file=sys.stderr)
    with open(out, "w") as file:
        json.dump(rows, file)


main(sys.argv[1], sys.argv[2])
