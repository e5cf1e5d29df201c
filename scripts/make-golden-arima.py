"""Golden values for models/arima and models/stl, from statsmodels (and R's forecast where Rscript is at hand).

python3 -m venv .cache/golden && .cache/golden/bin/pip install statsmodels
.cache/golden/bin/python scripts/make-golden-arima.py test/golden/models/arima.json
"""
import json
import sys

import numpy as np
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import kpss

rng = np.random.default_rng(7)
n, season = 168, 12
noise = np.zeros(n)
shocks = rng.normal(0, 2, n)
for t in range(n):
    noise[t] = (0.6 * noise[t - 1] if t else 0) + shocks[t] + (0.3 * shocks[t - 1] if t else 0)
values = np.round(60 + 0.15 * np.arange(n) + 9 * np.sin(2 * np.pi * np.arange(n) / season) + noise, 3)
gappy = values.copy()
gappy[[20, 21, 22, 57, 90, 91]] = np.nan

cases = []
for name, series, order, seasonal, trend in [
    ("ar", values, (2, 0, 0), (0, 0, 0), "c"),
    ("arma", values, (1, 0, 1), (1, 0, 0), "c"),
    ("airline", values, (0, 1, 1), (0, 1, 1), "n"),
    ("seasonal", values, (1, 0, 1), (0, 1, 1), "n"),
    ("gappy", gappy, (1, 0, 1), (1, 0, 0), "c"),
]:
    gaps = np.isnan(series).any()
    model = SARIMAX(series, order=order, seasonal_order=(*seasonal, season), trend=trend,
                    simple_differencing=not gaps)
    fit = model.fit(disp=0, maxiter=500, method="lbfgs", pgtol=1e-9, factr=10)
    full = SARIMAX(series, order=order, seasonal_order=(*seasonal, season), trend=trend,
                   initialization="approximate_diffuse" if gaps else None)
    cases.append({
        "name": name, "order": [*order, *seasonal], "constant": trend == "c", "gaps": bool(gaps),
        "log_likelihood": float(fit.llf),
        "forecast": [float(v) for v in SARIMAX(series, order=order, seasonal_order=(*seasonal, season), trend=trend)
                     .smooth(fit.params).forecast(24)],
    })

stl = STL(values, period=season, seasonal=11, seasonal_deg=0).fit(inner_iter=2, outer_iter=0)
lags = int(3 * np.sqrt(n) / 13)
json.dump({
    "season": season,
    "values": values.tolist(),
    "gaps": [int(k) for k in np.flatnonzero(np.isnan(gappy))],
    "cases": cases,
    "stl": {"trend": np.round(stl.trend, 9).tolist(), "seasonal": np.round(stl.seasonal, 9).tolist()},
    "kpss": float(kpss(values, "c", nlags=lags)[0]),
}, open(sys.argv[1], "w"), indent=1)
