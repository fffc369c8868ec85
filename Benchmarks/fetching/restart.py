#!/usr/bin/env python3
"""Kills the daemon (SIGKILL) and sees that it comes back as polite as it was.

    restart.py [FOLDER OF THE BINARIES]      default .build/release; exit 0 = pass

Asked is: a host's rest after a 429 is kept, by all its feeds; no feed is asked for as a whole twice; validators come
back verbatim; no entry is lost or read twice.
"""
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

binaries = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release").resolve()
TAG = 'W/"é 1"'.encode().decode("latin-1")
requests = []
faults = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host = self.headers["Host"].split(":")[0]
        requests.append((host, self.path, self.headers.get("If-None-Match")))
        body = b""
        if host == "127.0.0.2":
            status, extra = 429, [("Retry-After", "3600")]
        elif self.headers.get("If-None-Match") == TAG:
            status, extra = 304, [("ETag", TAG)]
        else:
            status, extra = 200, [("ETag", TAG), ("Content-Type", "application/rss+xml")]
            items = "".join(f"<item><guid>{self.path}{n}</guid><title>Bridge {n} of {self.path}</title><description>"
                            f"Bridge number {n * 7919} on road {self.path} fell.</description></item>" for n in range(9))
            body = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
        self.send_response(status)
        for name, value in extra:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)
port = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()


def wait(condition, what, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return
        time.sleep(0.05)
    faults.append(what)


with tempfile.TemporaryDirectory() as root:
    config = pathlib.Path(root, "c.yaml")
    config.write_text(json.dumps({
        "drop": f"{root}/drop", "digests": f"{root}/digests", "state": f"{root}/state",
        "feeds": [f"http://127.0.0.{host}:{port}/{n}" for host in (1, 2) for n in range(3)],
        "fetch": {"allow_private": ["127.0.0.0/8"]}}))
    log = open(f"{root}/log", "wb")

    def start():
        return subprocess.Popen([binaries / "copytasterd", "--config", config], stderr=log, stdout=log)

    def articles():
        return sum(line.count(b'"entry":') for path in pathlib.Path(root, "digests").glob("20*.jsonl")
                   for line in path.read_bytes().splitlines())

    def asked(host):
        return [request for request in requests if request[0] == host]

    daemon = start()
    wait(lambda: articles() == 27, "27 entries did not arrive")
    wait(lambda: len(asked("127.0.0.2")) >= 1, "the limited host was not asked")
    time.sleep(1)
    for _ in range(4):
        daemon.kill()
        daemon.wait()
        daemon = start()
        time.sleep(1.5)
    before = len(requests)
    # Even a wish of the user's does not cut the rest short.
    subprocess.run([binaries / "copytaster", "feeds", "--poll", "--config", config], stdout=subprocess.DEVNULL)
    wait(lambda: len(asked("127.0.0.1")) >= 6, "the good feeds were not asked again")
    time.sleep(1)
    daemon.terminate()
    daemon.wait(10)
    if len(asked("127.0.0.2")) != 1:
        faults.append(f"{len(asked('127.0.0.2'))} requests to a host that rests")
    if before != 4:
        faults.append(f"{before} requests before anybody asked for more, not 4")
    if [tag for _, _, tag in asked("127.0.0.1")] != [None] * 3 + [TAG] * 3:
        faults.append(f"validators: {asked('127.0.0.1')}")
    if articles() != 27:
        faults.append(f"{articles()} entries in the digest, not 27")
    if faults:
        print(pathlib.Path(root, "log").read_text()[-2000:])
print(f"restart exam: {len(requests)} requests, " + ("; ".join(faults) or "no rest cut short, nothing asked twice"))
sys.exit(1 if faults else 0)
