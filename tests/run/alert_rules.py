"""The rules of deploy/alerts.yml, evaluated on scraped metrics: the few forms of PromQL that they use.

`promtool test rules deploy/alerts_test.yml` tries the same rules with Prometheus' own engine.
"""

import re
from pathlib import Path

import yaml
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]
SELECTOR = r"(?P<name>[a-z_]+)(?:\{(?P<labels>[^}]*)\})?"
GAUGE = re.compile(rf"^{SELECTOR} (?P<compare>==|>) (?P<limit>[\d.]+)$")
INCREASE = re.compile(rf"^sum by \((?P<by>\w+)\) \(increase\({SELECTOR}\[\w+\]\)\) (?P<compare>>) (?P<limit>[\d.]+)$")
RATIO = re.compile(
    rf"^sum\(rate\({SELECTOR}\[(?P<span>\w+)\]\)\)"
    r" / sum\(rate\((?P=name)\[(?P=span)\]\)\) (?P<compare>>) (?P<limit>[\d.]+)$"
)
Scrape = dict[tuple[str, frozenset[tuple[str, str]]], float]
"""Values by the name of the metric and its labels."""


def rules() -> dict[str, str]:
    """Read the expression of each alert."""
    found = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text(encoding="utf-8"))
    return {rule["alert"]: rule["expr"] for group in found["groups"] for rule in group["rules"]}


def scrape(text: str) -> Scrape:
    """Read the text that /metrics gives."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def firing(before: Scrape, after: Scrape) -> set[str]:
    """Name the alerts whose condition holds `after`, counters compared with `before`."""
    return {alert for alert, rule in rules().items() if holds(rule, before, after)}


def holds(rule: str, before: Scrape, after: Scrape) -> bool:
    """Return whether the condition of a rule holds for any series. Raises ValueError for another form of a rule."""
    if found := GAUGE.match(rule):
        values = list(selected(found, after).values())
    elif found := INCREASE.match(rule):
        sums: dict[str, float] = {}
        for labels, value in grown(found, before, after).items():
            by = dict(labels)[found["by"]]
            sums[by] = sums.get(by, 0) + value
        values = list(sums.values())
    elif found := RATIO.match(rule):
        whole = sum(grown(found, before, after, is_whole=True).values())
        values = [sum(grown(found, before, after).values()) / whole] if whole else []
    else:
        raise ValueError(f"No form of a rule that is known here: {rule}")
    limit = float(found["limit"])
    return any(value == limit if found["compare"] == "==" else value > limit for value in values)


def selected(rule: re.Match[str], given: Scrape, *, is_whole: bool = False) -> dict[frozenset[tuple[str, str]], float]:
    """Pick the series that a rule names; with `is_whole` those of any labels."""
    wanted = set() if is_whole else set(re.findall(r'(\w+)="([^"]*)"', rule["labels"] or ""))
    return {labels: value for (name, labels), value in given.items() if name == rule["name"] and wanted <= labels}


def grown(
    rule: re.Match[str], before: Scrape, after: Scrape, *, is_whole: bool = False
) -> dict[frozenset[tuple[str, str]], float]:
    """Tell by how much the counters that a rule names have grown; as Prometheus does, only those that were there."""
    old = selected(rule, before, is_whole=is_whole)
    new = selected(rule, after, is_whole=is_whole)
    return {labels: max(value - old[labels], 0) for labels, value in new.items() if labels in old}
