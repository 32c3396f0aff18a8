"""Write the digest of each image behind its tag, as the registry says it: `make images`, on a machine with Docker.

A tag can be given to another image; a digest cannot. Only what the registry answers is written.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("docker-compose.yml", "Dockerfile")
IMAGE = re.compile(r"^((?:    image: |FROM ))(?!debatekb:)([\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?", re.MULTILINE)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest(image: str) -> str:
    """Ask the registry for the digest of an image. Raises OSError, and ValueError with a sentence."""
    words = ["docker", "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if not DIGEST.fullmatch(done.stdout.strip()):
        said = (done.stderr.strip() or "no digest came").splitlines()[-1]
        raise ValueError(f"The registry did not tell the digest of {image}: {said}")
    return done.stdout.strip()


def main(root: Path = ROOT) -> int:
    """Write all digests or none; 1 with a sentence where one cannot be had."""
    texts = {name: (root / name).read_text(encoding="utf-8") for name in FILES}
    images = sorted({found[2] for text in texts.values() for found in IMAGE.finditer(text)})
    try:
        digests = {image: digest(image) for image in images}
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\nNothing was written.\n")
        return 1
    for name, text in texts.items():
        pinned = IMAGE.sub(lambda found: f"{found[1]}{found[2]}@{digests[found[2]]}", text)
        (root / name).write_text(pinned, encoding="utf-8")
    sys.stdout.write("".join(f"{image}@{found}\n" for image, found in digests.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
