"""Fits statsforecast's AutoARIMA to M4 hourly series and appends what it found, one line of JSON a series.

Every eighth series of the file; season 24, horizon 48, exact likelihood throughout (approximation=False), one thread. Takes a
quarter of a minute to some minutes a series, so it goes on where it stopped.

    python reference-arima.py TRAIN.csv.gz OUT.jsonl [COUNT]     (statsforecast 2.1.1)
"""

import json
import os
import sys
import time
import warnings

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402,F401
import pandas as pd  # noqa: E402
from statsforecast.arima import auto_arima_f, forecast_arima  # noqa: E402

SEASON, HORIZON, EVERY = 24, 48, 8


def main(train, out, count):
    warnings.filterwarnings("ignore")
    frame = pd.read_csv(train)
    names = list(dict.fromkeys(frame["unique_id"]))[::EVERY][:count]
    done = set()
    if os.path.exists(out):
        with open(out) as file:
            done = {json.loads(line)["id"] for line in file}
    for name in names:
        if name in done:
            continue
        y = frame[frame.unique_id == name].y.to_numpy(float)
        started = time.process_time()
        fit = auto_arima_f(y, period=SEASON, approximation=False)
        seconds = time.process_time() - started
        p, q, seasonal_p, seasonal_q, _, d, seasonal_d = fit["arma"]
        row = {
            "id": name,
            "order": [int(v) for v in (p, d, q, seasonal_p, seasonal_d, seasonal_q)],
            "constant": any(key in fit["coef"] for key in ("drift", "intercept")),
            "loglik": float(fit["loglik"]),
            "aicc": float(fit["aicc"]),
            "pred": [float(v) for v in forecast_arima(fit, HORIZON)["mean"]],
            "seconds": seconds,
        }
        with open(out, "a") as file:
            file.write(json.dumps(row) + "\n")
        print(name, len(y), row["order"], round(seconds, 1), file=sys.stderr)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 50)
