# How old is what each side cites? Prints, for each stance, how many works its claims cite, their middle year, and how many
# are younger than 2022. Base R and jsonlite: `Rscript examples/age.R [ADDRESS]`.
library(jsonlite)

site <- c(commandArgs(trailingOnly = TRUE), "http://127.0.0.1:8000")[1]
address <- paste0(site, "/api/v1/sources/?limit=200&include=uses")
years <- list()
while (!is.null(address)) {
  page <- fromJSON(paste(readLines(address, encoding = "UTF-8", warn = FALSE), collapse = ""), simplifyVector = FALSE)
  for (source in page$results) {
    issued <- source$record$issued
    year <- if (is.null(issued)) NA else as.integer(substr(issued, 1, 4))
    stances <- unique(unlist(lapply(source$uses, function(use) use$stance)))  # only uses by claims have a stance
    for (stance in stances) years[[stance]] <- c(years[[stance]], year)
  }
  address <- page[["next"]]
}
print(data.frame(
  works = lengths(years),
  undated = sapply(years, function(of) sum(is.na(of))),
  middle_year = sapply(years, median, na.rm = TRUE),
  since_2022 = sapply(years, function(of) sum(of >= 2022, na.rm = TRUE))
)[order(names(years)), ])
