"""Golden values for regression with ARIMA errors (models/families/arima/harmonic), from statsmodels.

python3 -m venv .cache/golden && .cache/golden/bin/pip install statsmodels
.cache/golden/bin/python scripts/make-golden-harmonic-arima.py test/golden/models/harmonic-arima.json

Two fits of five-minute series with a daily season: the errors of a least-squares regression on Fourier terms as
ARIMA(p, d, q), which the product does, and regression and errors at once by maximum likelihood, which it stands for.
"""
import json
import sys

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX

PERIOD, N, AHEAD = 288, 1000, 48
MULTIPLES = [1, 2, 3]


def fourier(steps):
    columns = []
    for multiple in MULTIPLES:
        angle = 2 * np.pi * multiple * steps / PERIOD
        columns += [np.cos(angle), np.sin(angle)]
    return np.column_stack(columns)


def series(rng, integrated):
    shocks = rng.normal(0, 1, N)
    noise = np.zeros(N)
    for t in range(1, N):
        noise[t] = (0 if integrated else 0.7) * noise[t - 1] + shocks[t] + (-0.6 if integrated else 0.3) * shocks[t - 1]
    if integrated:
        noise = np.cumsum(noise)
    wave = fourier(np.arange(N)) @ np.array([9, -4, 3, 2, -1, 1.5])
    return np.round(80 + wave + noise, 3)


def fitted(values, order, trend, exog=None, ahead=None):
    model = SARIMAX(values, exog=exog, order=order, trend=trend)
    fit = model.fit(disp=0, maxiter=1000, method="lbfgs", pgtol=1e-9, factr=10)
    return fit.llf, fit.forecast(AHEAD, exog=ahead)


cases = []
for name, order, integrated in [("stationary", (1, 0, 1), False), ("integrated", (0, 1, 1), True)]:
    values = series(np.random.default_rng(11), integrated)
    steps, future = np.arange(N), np.arange(N, N + AHEAD)
    design = np.column_stack([np.ones(N), fourier(steps)])
    coefficients = np.linalg.lstsq(design, values, rcond=None)[0]
    errors = values - fourier(steps) @ coefficients[1:]
    trend = "n" if integrated else "c"
    likelihood, ahead = fitted(errors, order, trend)
    _, joint = fitted(values, order, trend, fourier(steps), fourier(future))
    cases.append({
        "name": name, "order": list(order), "multiples": MULTIPLES, "period": PERIOD, "values": values.tolist(),
        "mean": coefficients[0], "harmonics": coefficients[1:].tolist(),
        "log_likelihood": float(likelihood),
        "forecast": np.round(ahead + fourier(future) @ coefficients[1:], 6).tolist(),
        "joint_forecast": np.round(joint, 6).tolist(),
    })
json.dump({"cases": cases}, open(sys.argv[1], "w"), indent=1)
