"""Wheels that hold nothing but their metadata, for indexes of our own."""

import base64
import hashlib
import zipfile
from pathlib import Path


def write(index: Path, name: str, version: str, *headers: str) -> str:
    """Write a wheel into the folder; return its line in a lock."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = index / f"{stem}-py3-none-any.whl"
    about = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    metadata = "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *headers, ""])
    record = ""
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {"METADATA": metadata, "WHEEL": about}.items():
            inside = f"{stem}.dist-info/{file}"
            archive.writestr(inside, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{inside},sha256={digest},{len(text.encode())}\n"
        archive.writestr(f"{stem}.dist-info/RECORD", f"{record}{stem}.dist-info/RECORD,,\n")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
