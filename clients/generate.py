"""Generate the Python and the TypeScript client: `python -m clients.generate [FOLDER]`; without one, into `clients/`.

Both are made from the OpenAPI document as agreed, which tests compare with the API. Needs openapi-python-client and the
Node packages of `tests/node`, which `make clients` installs. Raises CalledProcessError where a generator complains.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.node.install import ensure, program

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "tests" / "api" / "openapi.json"
MADE = ("rest", "schema.ts", "dist", "node_modules", "__pycache__")
"""What is written beside what the repository keeps."""


def generate(place: Path = HERE) -> None:
    """Write both clients, whole and ready to be installed, into `place/python` and `place/typescript`."""
    if place != HERE:
        for name in ("python", "typescript"):
            shutil.copytree(HERE / name, place / name, ignore=shutil.ignore_patterns(*MADE))
    generate_python(place / "python")
    generate_typescript(place / "typescript")


def generate_python(folder: Path) -> None:
    """Write the package `debatekb_client.rest`."""
    made = folder / "debatekb_client" / "rest"
    shutil.rmtree(made, ignore_errors=True)  # what the document no longer has would stay
    words = ["--path", SCHEMA, "--config", folder / "generator.yaml", "--output-path", made, "--meta", "none"]
    generator = Path(sys.executable).with_name("openapi-python-client")
    _run(generator, "generate", *words, "--fail-on-warning", cwd=folder)


def generate_typescript(folder: Path) -> None:
    """Write the types of the API to `src/schema.ts`, and compile `src` to `dist`."""
    packages = ensure() / "node_modules"
    node = program("node")
    # What has a default may still be left out of an answer.
    words = ["--default-non-nullable", "false", "--output", folder / "src" / "schema.ts"]
    _run(node, packages / "openapi-typescript/bin/cli.js", SCHEMA, *words, cwd=packages)
    lent = folder / "node_modules"
    is_lent = not lent.exists()
    if is_lent:
        lent.symlink_to(packages)
    try:
        _run(node, packages / "typescript/bin/tsc", "--project", folder, cwd=folder)
    finally:
        if is_lent:
            lent.unlink()


def _run(*command: str | Path, cwd: Path) -> None:
    subprocess.run([str(word) for word in command], cwd=cwd, check=True)


if __name__ == "__main__":
    generate(*map(Path, sys.argv[1:2]))
