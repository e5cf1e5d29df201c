#!/usr/bin/env python3
"""Writes test/golden/models/*.json: what NumPy and statsmodels say that models/ should say too.

pip install numpy statsmodels; python3 scripts/make-golden-models.py
"""

import json
from pathlib import Path

import numpy as np
import statsmodels
from statsmodels.tsa.holtwinters import ExponentialSmoothing

TARGET = Path(__file__).parent.parent / "test" / "golden" / "models"


def write(name: str, content: dict) -> None:
    versions = {"numpy": np.__version__, "statsmodels": statsmodels.__version__}
    text = json.dumps({"madeBy": "scripts/make-golden-models.py", **versions, **content}, indent=1)
    (TARGET / name).write_text(text + "\n")


def weighted_quantiles(random: np.random.Generator) -> dict:
    """Quantiles of the pooled weighted points of nested windows (inverse of the distribution function)."""
    windows = [{"steps": 6, "weight": 1}, {"steps": 48, "weight": 2}, {"steps": 100, "weight": 1}]
    # None on the edge between two points, where the last bit of the weights decides.
    levels = [0.0113, 0.1017, 0.2531, 0.5029, 0.7719, 0.9041, 0.9887]
    weights = np.zeros(100)
    for window in windows:
        weights[-window["steps"] :] += window["weight"] / window["steps"]
    cases = []
    for _ in range(6):
        values = np.round(random.gamma(1, 2, 100), 3)
        quantiles = np.quantile(values, levels, weights=weights, method="inverted_cdf")
        cases.append({"values": values.tolist(), "quantiles": quantiles.tolist()})
    return {"windows": windows, "levels": levels, "cases": cases}


def empirical_quantiles(random: np.random.Generator) -> dict:
    """Type 7, NumPy's default."""
    probabilities = [0, 0.01, 0.25, 0.5, 0.9, 0.999, 1]
    cases = []
    for count in [1, 2, 9, 100]:
        values = np.round(random.normal(0, 3, count), 4)
        cases.append({"values": values.tolist(), "quantiles": np.quantile(values, probabilities).tolist()})
    return {"probabilities": probabilities, "cases": cases}


def damped_trend(random: np.random.Generator) -> dict:
    """Holt's damped trend with known first states: level the mean of the first values, trend zero."""
    initial, horizon = 12, 30
    values = np.round(20 + np.cumsum(random.normal(0.1, 1, 150)), 4)
    cases = []
    for alpha, beta, damping in [(0.3, 0.1, 0.95), (0.05, 0.5, 0.8), (0.9, 0.01, 0.99), (0.2, 0.0, 0.9)]:
        model = ExponentialSmoothing(
            values,
            trend="add",
            damped_trend=True,
            initialization_method="known",
            initial_level=values[:initial].mean(),
            initial_trend=0.0,
        )
        fit = model.fit(
            smoothing_level=alpha, smoothing_trend=beta, damping_trend=damping, optimized=False
        )
        cases.append(
            {
                "levelGain": alpha,
                "trendGain": alpha * beta,
                "damping": damping,
                "forecast": fit.forecast(horizon).tolist(),
            }
        )
    return {"initialSteps": initial, "values": values.tolist(), "cases": cases}


if __name__ == "__main__":
    generator = np.random.default_rng(20130801)
    write("weighted-quantiles.json", weighted_quantiles(generator))
    write("damped-trend.json", damped_trend(generator))
    write("empirical-quantiles.json", empirical_quantiles(generator))
