# SPDX-License-Identifier: BSL-1.0
"""Headless Chromium, driven over its pipe: no package is needed. Whoever imports this where there is none ends with 77, as skipped."""
import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = next((found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None)
if PROGRAM is None:
    print("skipped: no Chromium on this machine")
    sys.exit(77)


class Browser:
    """One page; what its console says, what goes wrong in it and what it asks a network for is kept in `said`."""

    def __init__(self, width=1440, height=900):
        self.folder = tempfile.mkdtemp(prefix="sifang-lab-")
        self.downloads = os.path.join(self.folder, "downloads")
        os.mkdir(self.downloads)
        to_read, self.to = os.pipe()
        self.back, from_write = os.pipe()
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", "--mute-audio", f"--window-size={width},{height}", "--remote-debugging-pipe", f"--user-data-dir={self.folder}/profile"]

        def pipes():
            os.dup2(to_read, 103)
            os.dup2(from_write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen([PROGRAM, *flags, "about:blank"], preexec_fn=pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number, self.rest, self.answers, self.said, self.session = 0, b"", {}, [], None
        pages = []
        while not pages:
            pages = [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"]
        self.session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.resize(width, height)
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=self.downloads)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, **parameters):
        """What Chromium answers."""
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if self.session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while number not in self.answers:
            self._hear(600)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _hear(self, seconds):
        if not select.select([self.back], [], [], seconds)[0]:
            raise TimeoutError("Chromium says nothing")
        self.rest += os.read(self.back, 1 << 20)
        *whole, self.rest = self.rest.split(b"\0")
        for one in whole:
            message = json.loads(one)
            if "id" in message:
                self.answers[message["id"]] = message
                continue
            about = message.get("params", {})
            if message["method"] == "Runtime.exceptionThrown":
                self.said.append("exception: " + json.dumps(about["exceptionDetails"].get("exception", {}).get("description") or about["exceptionDetails"]["text"]))
            if message["method"] == "Runtime.consoleAPICalled":
                self.said.append("console: " + json.dumps([a.get("value") for a in about["args"]]))
            if message["method"] == "Log.entryAdded":
                self.said.append("log: " + about["entry"]["text"])
            if message["method"] == "Network.requestWillBeSent" and not about["request"]["url"].startswith(("file:", "blob:", "data:")):
                self.said.append("request: " + about["request"]["url"])

    def resize(self, width, height, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def open(self, address):
        self.call("Page.navigate", url=address)

    def value(self, expression):
        """What an expression of the page is worth."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"].get("exception", {}).get("description", str(found)))
        return found["result"].get("value")

    def wait(self, expression, seconds=600):
        """Waits until an expression is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = self.value(expression)
            except RuntimeError:  # between two documents
                found = None
            if found:
                return found
            time.sleep(0.02)
        raise TimeoutError(f"never true: {expression}; {self.said}; the page: {self.value('document.body.innerText')[-3000:]}")

    def downloaded(self, name, seconds=300):
        """The bytes of a file that the page gave to be kept."""
        path, end = os.path.join(self.downloads, name), time.monotonic() + seconds
        while time.monotonic() < end:
            if os.path.exists(path):
                with open(path, "rb") as file:
                    return file.read()
            time.sleep(0.05)
        raise TimeoutError(f"{name} was not given; there are {os.listdir(self.downloads)}; {self.said}")

    def picture(self, path, whole=True):
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
