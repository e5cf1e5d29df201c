"""Golden values for ETS, Theta and MSTL from statsforecast 2.1.1 (statsmodels 0.15), written to test/golden/models/.

    python scripts/make-golden-statistical.py [M4_TRAIN.csv.gz]

statistical-synthetic.json holds made-up series with what statsforecast says of them. With the path of the M4 hourly
training file, statistical-m4.json holds its answers for every 24th series, without the series themselves.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from statsforecast.ets import ets_f, forecast_ets
from statsforecast.mstl import mstl
from statsforecast.theta import auto_theta, forecast_theta

FOLDER = "test/golden/models/"
EVERY = 24


def answers(y, season, horizon):
    ets, theta = ets_f(y, season), auto_theta(y, season)
    return {
        "ets": {
            "form": ets["components"],
            "logLikelihood": round(float(ets["loglik"]), 6),
            "forecast": [float(f"{v:.8g}") for v in forecast_ets(ets, horizon)["mean"]],
        },
        "theta": {
            "form": theta["modeltype"],
            "loss": float(f"{theta['mse']:.8g}"),
            "forecast": [float(f"{v:.8g}") for v in forecast_theta(theta, horizon)["mean"]],
        },
    }


def synthetic():
    random = np.random.default_rng(5)
    t = np.arange(120)
    wave = lambda m: np.sin(2 * np.pi * t / m)
    noise = lambda scale: scale * random.standard_normal(len(t))
    series = {
        "level": (50 + noise(2), 1),
        "walk": (100 + np.cumsum(noise(1)), 1),
        "trend": (20 + 0.5 * t + noise(2), 1),
        "season of 4": (30 + 5 * wave(4) + noise(1), 4),
        "season of 12 with trend": (40 + 0.3 * t + 8 * wave(12) + noise(1), 12),
        "season that grows": ((40 + 0.6 * t) * (1 + 0.3 * wave(12)) * np.exp(noise(0.03)), 12),
        "season of 24": (200 + 60 * wave(24) + np.cumsum(noise(2)), 24),
        "crosses zero": (5 * wave(12) + np.cumsum(noise(0.5)), 12),
        "two seasons and a bit": ((30 + 6 * wave(12) + noise(1))[:30], 12),
    }
    rows = []
    for name, (values, season) in series.items():
        y = np.round(values, 4)
        rows.append({"name": name, "season": season, "values": y.tolist(), **answers(y, season, 24)})
    return rows


def decomposition():
    random = np.random.default_rng(9)
    t = np.arange(160)
    y = np.round(20 + 0.05 * t + 4 * np.sin(np.pi * t / 4) + 3 * np.cos(np.pi * t / 16) + random.standard_normal(160), 4)
    parts = mstl(y, [8, 32])
    columns = {"trend": parts["trend"], "season8": parts["seasonal8"], "season32": parts["seasonal32"]}
    return {"values": y.tolist(), **{k: [float(f"{v:.8g}") for v in c] for k, c in columns.items()}}


def dump(name, content):
    with open(FOLDER + name, "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


warnings.filterwarnings("ignore")
dump("statistical-synthetic.json", {"series": synthetic(), "mstl": decomposition()})
if len(sys.argv) > 1:
    frame = pd.read_csv(sys.argv[1])
    names = list(dict.fromkeys(frame["unique_id"]))[::EVERY]
    groups = {name: part["y"].to_numpy(float) for name, part in frame.groupby("unique_id")}
    dump("statistical-m4.json", [{"name": name, **answers(groups[name], 24, 48)} for name in names])
