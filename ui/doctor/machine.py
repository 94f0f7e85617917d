"""Whether the machine can run Footnote: Python, disk, data folder, port."""

import os
import shutil
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from knowledge.settings import Setting, data_folder
from ui.doctor.check import Check

# The index of 300 articles takes some 10 MB; Chroma and SQLite need room to rewrite it.
DISK_MB = 500


def python() -> Check:
    """Is it new enough?"""
    found = sys.version.split()[0]
    if sys.version_info >= (3, 11):
        return Check("Python", "ok", found)
    return Check("Python", "fail", f"{found}, needs 3.11 or newer", "python3.11 -m venv .venv")


def disk(settings: Mapping[str, Setting]) -> Check:
    """Is there room for a base?"""
    place = _existing(data_folder(settings))
    free = shutil.disk_usage(place).free // 1_000_000
    if free >= DISK_MB:
        return Check("disk", "ok", f"{free:,} MB free")
    return Check(
        "disk", "fail", f"{free:,} MB free at {place}", f"free {DISK_MB} MB, or set FOOTNOTE_DATA_DIR to another disk"
    )


def folder(settings: Mapping[str, Setting]) -> Check:
    """May the data folder be written?"""
    wanted = data_folder(settings)
    place = _existing(wanted)
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return Check("data folder", "ok", f"{wanted}" if wanted.exists() else f"{wanted} (will be made)")
    return Check("data folder", "fail", f"{place} cannot be written", "set FOOTNOTE_DATA_DIR to a folder of yours")


def port(settings: Mapping[str, Setting]) -> Check:
    """Is it free?"""
    host, port = str(settings["host"].value), int(settings["port"].value)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return Check("port", "warn", f"{host}:{port}: {error.strerror}", f"footnote serve --port {port + 1}")
    return Check("port", "ok", f"{host}:{port} is free")


def _existing(folder: Path) -> Path:
    """The nearest folder above that exists."""
    return next(parent for parent in (folder, *folder.parents) if parent.exists())
