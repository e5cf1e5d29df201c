#!/usr/bin/env python3
"""Partitions by k-Shape beside which `npm run bench:clusters` stands: writes bench/clusters/k-shape.json.

  pip install tslearn pyarrow
  npx foreprint sample --seed 2 --out sample.parquet
  python3 scripts/cluster-by-k-shape.py sample.parquet ../shared/data/azure-vms

k-Shape (Paparrizos and Gravano, SIGMOD 2015) of tslearn on the CPU of the last whole week, in means of an
hour, z-normalised, with as many clusters as there are labels: the better of two starts by its own inertia. The adjusted
Rand index against the labels is scikit-learn's.
"""
import csv
import json
import os
import sys
from importlib.metadata import version

import numpy as np
import pyarrow.parquet as parquet
from sklearn.metrics import adjusted_rand_score
from tslearn.clustering import KShape
from tslearn.preprocessing import TimeSeriesScalerMeanVariance

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS_PER_WEEK, STEPS_PER_MEAN = 2016, 12


def last_weeks(file):
    """CPU of the last whole week by application, in hourly means; gaps by the line between."""
    table = parquet.read_table(file)
    columns = {name: table.column(name).to_numpy(zero_copy_only=False) for name in ("application_id", "timestamp", "cpu")}
    times = columns["timestamp"].astype("datetime64[s]").astype(np.int64) // 300
    first, weeks = times.min(), (times.max() - times.min() + 1) // STEPS_PER_WEEK
    grid = {}
    for name, at, value in zip(columns["application_id"], times - first, columns["cpu"].astype(float)):
        grid.setdefault(str(name), np.full(weeks * STEPS_PER_WEEK + STEPS_PER_WEEK, np.nan))[at] = value
    found = {}
    for name, values in grid.items():
        week = values[(weeks - 1) * STEPS_PER_WEEK : weeks * STEPS_PER_WEEK]
        known = np.flatnonzero(~np.isnan(week))
        if len(known) > 1 and np.ptp(week[known]) > 0:
            filled = np.interp(np.arange(STEPS_PER_WEEK), known, week[known])
            found[name] = filled.reshape(-1, STEPS_PER_MEAN).mean(axis=1)
    return found


def labels_of(file):
    rows = parquet.read_table(file, columns=["application_id", "application_type"])
    return dict(zip(map(str, rows.column(0).to_pylist()), rows.column(1).to_pylist()))


def rand_index(weeks, labels):
    names = sorted(name for name in weeks if labels.get(name))
    series = TimeSeriesScalerMeanVariance().fit_transform(np.array([weeks[name] for name in names]))
    truth = [labels[name] for name in names]
    model = KShape(n_clusters=len(set(truth)), n_init=2, random_state=0).fit(series)
    return {"applications": len(names), "clusters": len(set(truth)), "adjustedRand": adjusted_rand_score(truth, model.labels_)}


sample, azure = sys.argv[1:3]
with open(os.path.join(azure, "periodic-labels.csv"), encoding="utf-8") as rows:
    periods = {row["application_id"]: row["period_hours"] for row in csv.DictReader(rows)}
found = {
    "madeWith": f"tslearn {version('tslearn')}, scikit-learn {version('scikit-learn')}",
    "traces": {
        "sample-fleet": rand_index(last_weeks(sample), labels_of(sample)),
        "azure-periodic": rand_index(last_weeks(os.path.join(azure, "periodic.parquet")), periods),
    },
}
with open(os.path.join(HERE, "../bench/clusters/k-shape.json"), "w", encoding="utf-8") as file:
    json.dump(found, file, indent=2)
    file.write("\n")
print(json.dumps(found))
