"""The formats in which content is given out, one module a format; Argdown and AIF are read back too."""
