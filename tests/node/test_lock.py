"""The lock file of the Node packages names versions and hashes, and no host."""

import json

from tests.node.install import HERE

LOCK = json.loads((HERE / "package-lock.json").read_text())


def test_every_package_has_its_hash_and_no_address():
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in (HERE / "package-lock.json").read_text()
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_what_is_asked_for_is_locked():
    asked = json.loads((HERE / "package.json").read_text())["devDependencies"]
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in asked} == asked
