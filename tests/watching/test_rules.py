"""The dashboard and the alerts ask for metrics that there are, with labels that they have."""

import json
import re
from pathlib import Path

import yaml

from debatekb.watching import metrics
from debatekb.watching.checks import CHECKS
from tests.run import alert_rules

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\bdebatekb_\w+")
CHECK = re.compile(r'check="(\w+)"')
LABELS = re.compile(r"(debatekb_\w+)\{(\w+)=")


def asked_by_the_dashboard():
    board = json.loads((ROOT / "deploy/grafana-dashboard.json").read_text())
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def test_every_metric_that_is_asked_for_is_given():
    asked = {name for rule in [*alert_rules.rules().values(), *asked_by_the_dashboard()] for name in NAME.findall(rule)}
    assert asked
    assert not asked - metrics.NAMES


def test_every_metric_that_is_given_is_on_the_dashboard():
    shown = {name for rule in asked_by_the_dashboard() for name in NAME.findall(rule)}
    assert not metrics.NAMES - shown


def test_rules_name_checks_and_labels_that_there_are():
    described = {**metrics.COUNTERS, **metrics.GAUGES}
    for rule in alert_rules.rules().values():
        assert set(CHECK.findall(rule)) <= set(CHECKS)
        for name, label in LABELS.findall(rule):
            assert label in described[name].labels


def test_every_rule_is_of_a_form_that_the_tests_evaluate_and_is_tried():
    for rule in alert_rules.rules().values():
        alert_rules.holds(rule, {}, {})
    tried = yaml.safe_load((ROOT / "deploy/alerts_test.yml").read_text())["tests"]
    assert {one["alert_rule_test"][0]["alertname"] for one in tried} == set(alert_rules.rules())


def test_every_alert_is_explained():
    text = (ROOT / "docs/operations.md").read_text()
    assert not [alert for alert in alert_rules.rules() if f"`{alert}`" not in text]
