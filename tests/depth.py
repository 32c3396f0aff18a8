"""How deep tests look: `ci` the same few examples each time, before every merge; `deep` many new ones, at night.

`make deep`, or `pytest --hypothesis-profile=deep`, chooses. Tests that cost much or little more than others say so by
a factor; none has a number of its own.
"""

from hypothesis import HealthCheck, settings

WITHOUT_CLOCK = {"deadline": None, "suppress_health_check": list(HealthCheck)}
"""Times tell about a busy machine, not about our code."""
CI, DEEP = "ci", "deep"

settings.register_profile(CI, max_examples=50, derandomize=True, database=None, **WITHOUT_CLOCK)
settings.register_profile(DEEP, max_examples=1000, print_blob=True, **WITHOUT_CLOCK)
settings.load_profile(CI)  # before pytest reads which one its command line names


def is_deep() -> bool:
    """Whether this run looks deep; true only once pytest is configured, as it is when test modules are imported."""
    return settings.get_current_profile_name() == DEEP


def times(factor: float) -> settings:
    """Give the profile with `factor` times its examples."""
    return settings(max_examples=max(1, round(settings().max_examples * factor)))


def rounds() -> int:
    """How often two threads race for one thing; 20 of 20 are what `deep` proves."""
    return 20 if is_deep() else 5
