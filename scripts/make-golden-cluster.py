#!/usr/bin/env python3
"""Reference values for core/cluster: writes test/golden/cluster.json.

  pip install numpy scikit-learn kmedoids && python3 scripts/make-golden-cluster.py

k-medoids from `kmedoids` (Schubert & Lenssen, JOSS 2022: FastPAM1 after BUILD), silhouettes from scikit-learn.
"""
import json
import os
import kmedoids
import numpy as np
import sklearn
from importlib.metadata import version
from sklearn.metrics import silhouette_score

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20261101)


def blobs(centres, size, spread):
    return np.vstack([rng.normal(c, spread, (size, 2)) for c in centres]).round(3)


SETS = {
    "three blobs": blobs([(0, 0), (4, 0), (2, 4)], 12, 0.6),
    "two blobs of unlike size": np.vstack([blobs([(0, 0)], 25, 1.0), blobs([(6, 1)], 5, 0.3)]),
    "no structure": rng.uniform(0, 1, (40, 2)).round(3),
}

cases = []
for name, points in SETS.items():
    distances = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    for k in (1, 2, 3, 4, 5):
        found = kmedoids.fastpam1(distances, k, init="build")
        labels = found.labels.tolist()
        width = silhouette_score(distances, labels, metric="precomputed") if k > 1 else None
        cases.append({"set": name, "k": k, "cost": float(found.loss), "medoids": sorted(map(int, found.medoids)),
                      "labels": labels, "silhouette": width})

out = {"madeWith": {"kmedoids": version("kmedoids"), "scikit-learn": sklearn.__version__},
       "sets": {name: points.tolist() for name, points in SETS.items()}, "cases": cases}
with open(os.path.join(HERE, "../test/golden/cluster.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
