# Fits ets() of R's forecast package to the same 50 M4 hourly series as reference-statsforecast.py and writes what it found.
#
#     Rscript reference-forecast.R TRAIN.csv.gz OUT.csv     (forecast 8.20, R 4.2)
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
frame <- read.csv(gzfile(arguments[1]))
names <- unique(frame$unique_id)
names <- head(names[seq(1, length(names), by = 6)], 50)
cat("name,form,log_likelihood,aicc,seconds,step,forecast\n", file = arguments[2])
for (name in names) {
  y <- ts(frame$y[frame$unique_id == name], frequency = 24)
  used <- system.time(fit <- ets(y))
  seconds <- used[["user.self"]] + used[["sys.self"]]
  form <- paste0(fit$components[1], fit$components[2], fit$components[3], if (fit$components[4] == "TRUE") "D" else "N")
  points <- as.numeric(forecast(fit, h = 48, PI = FALSE)$mean)
  rows <- sprintf("%s,%s,%.8f,%.8f,%.4f,%d,%.10g", name, form, fit$loglik, fit$aicc, seconds, 1:48, points)
  cat(rows, sep = "\n", file = arguments[2], append = TRUE)
  cat("\n", file = arguments[2], append = TRUE)
  message(name, " ", form)
}
