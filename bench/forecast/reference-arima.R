# Fits auto.arima() of R's forecast package to the same M4 hourly series as reference-arima.py, one line of JSON a series; goes on
# where it stopped. Its default: candidates compared by conditional sums of squares, the chosen one fitted by likelihood.
#
#     Rscript reference-arima.R TRAIN.csv.gz OUT.jsonl [COUNT]     (forecast 8.20, R 4.2)
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
frame <- read.csv(gzfile(arguments[1]))
out <- arguments[2]
count <- if (length(arguments) > 2) as.integer(arguments[3]) else 50
names <- unique(frame$unique_id)
names <- head(names[seq(1, length(names), by = 8)], count)
done <- if (file.exists(out)) sub('^\\{"id": ?"([^"]+)".*$', "\\1", readLines(out)) else character()
number <- function(x) format(x, digits = 12, trim = TRUE)
for (name in setdiff(names, done)) {
  y <- ts(frame$y[frame$unique_id == name], frequency = 24)
  seconds <- sum(system.time(fit <- auto.arima(y))[1:2])
  a <- fit$arma
  constant <- any(c("drift", "intercept") %in% names(coef(fit)))
  row <- sprintf(
    '{"id":"%s","order":[%s],"constant":%s,"loglik":%s,"aicc":%s,"pred":[%s],"seconds":%s}',
    name, paste(a[c(1, 6, 2, 3, 7, 4)], collapse = ","), tolower(constant), number(fit$loglik), number(fit$aicc),
    paste(number(as.numeric(forecast(fit, h = 48)$mean)), collapse = ","), number(seconds)
  )
  cat(row, "\n", sep = "", file = out, append = TRUE)
  message(name, " ", seconds)
}
