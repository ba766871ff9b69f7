# SPDX-License-Identifier: BSL-1.0
"""Headless Chromium for the tests that open the report. Whoever imports this where there is none ends with 77, as skipped."""
import shutil
import subprocess
import sys
import tempfile

PROGRAM = next((found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None)
if PROGRAM is None:
    print("skipped: no Chromium on this machine")
    sys.exit(77)

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--window-size=1280,4000"]


def look(page, language, milliseconds):
    """The document after so many milliseconds of the page's own time, and what the console said."""
    with tempfile.TemporaryDirectory() as profile:
        command = [PROGRAM, *FLAGS, f"--virtual-time-budget={milliseconds}", f"--user-data-dir={profile}", "--dump-dom", f"file://{page}#{language}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]
