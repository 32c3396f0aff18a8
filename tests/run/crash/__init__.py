"""The crash matrix: processes of a whole system are killed and frozen while people write, and nothing is lost.

`python -m tests.run.crash --rounds 50 --seed 1` (`make crash`); docs/testing.md tells what is asked after each round.
"""
