#!/usr/bin/env python3
"""Measures the fetcher against nginx on the loopback interface, and what hostile servers can cost it.

    COPYTASTER_BENCH=1 swift build -c release --product fetchbench
    Benchmarks/fetching/run.py [FETCHBENCH] [--only nginx|hostile]     needs nginx-light and openssl

Goals: 10,000 conditional requests and 600 verified TLS connections a CPU-second, 64 MB with 1,000 warm connections,
0.1 % of a core when idle; each hostile server less than 1 s of CPU and 256 MB. Exit status 1 when one is missed.
"""
import argparse
import gzip
import pathlib
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("program", nargs="?", default=".build/release/fetchbench")
parser.add_argument("--only", choices=["nginx", "hostile"])
arguments = parser.parse_args()
program = str(pathlib.Path(arguments.program).resolve())
HOSTS = 1000
missed = []
resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)


def run(*words):
    line = subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300).stdout.strip()
    print(line)
    return line


def goal(name, is_met):
    if not is_met:
        missed.append(name)


def number(pattern, line):
    found = re.search(pattern, line)
    return float(found.group(1)) if found else float("nan")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure_nginx(root):
    plain, secure, second = free_port(), free_port(), free_port()
    (root / "feed.xml").write_bytes(b"<rss version='2.0'><channel><title>x</title></channel></rss>\n" * 200)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=bench", "-addext", "subjectAltName=DNS:*.bench.example",
                    "-keyout", root / "key.pem", "-out", root / "cert.pem"], check=True, capture_output=True)
    # As long as the system's own file, since reading it again for each connection is what the exam would catch.
    system = pathlib.Path("/etc/ssl/certs/ca-certificates.crt").read_bytes()
    (root / "ca.pem").write_bytes(system + (root / "cert.pem").read_bytes())
    (root / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/error.log;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; keepalive_requests 1000000; keepalive_timeout 600s; types {{ application/rss+xml xml; }}
            client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3;
            uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;
            server {{ listen 127.0.0.1:{plain} backlog=4096; root {root}; }}
            server {{ listen 127.0.0.1:{secure} ssl backlog=4096; root {root};
                ssl_certificate {root}/cert.pem; ssl_certificate_key {root}/key.pem; ssl_protocols TLSv1.3; }}
            server {{ listen 127.0.0.1:{second} ssl http2 backlog=4096; root {root};
                ssl_certificate {root}/cert.pem; ssl_certificate_key {root}/key.pem; ssl_protocols TLSv1.3; }}
        }}""")
    nginx = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", root / "nginx.conf", "-p", root])
    try:
        time.sleep(1)
        for _ in range(3):
            line = run("warm", plain, HOSTS, 30)
        goal("10,000 conditional requests a CPU-second", number(r"(\d+) a CPU", line) >= 10_000)
        goal("64 MB with 1,000 warm connections", number(r"resident (\d+)", line) < 64)
        for _ in range(3):
            line = run("cold", secure, HOSTS, root / "ca.pem")
        goal("600 verified connections a CPU-second", number(r"(\d+) a CPU", line) >= 600)
        print("HTTP/2: ", end="")
        goal("HTTP/2 works", "fault" not in run("cold", second, HOSTS, root / "ca.pem"))
        print("a certificate nobody knows: ", end="")
        goal("an unknown certificate is refused", ": tls:" in run("one", f"https://127.0.0.1:{secure}/feed.xml"))
        goal("0.1 % of a core when idle", number(r"connections, ([\d.e-]+) %", run("idle", plain, HOSTS, 20)) < 0.1)
    finally:
        nginx.terminate()
        nginx.wait()


def endless(connection, head, chunk):
    connection.sendall(head)
    while True:
        connection.sendall(chunk)


def hostile_answer(path, connection):
    ok = b"HTTP/1.1 200 OK\r\n"
    if path == "bomb":
        body = gzip.compress(bytes(1 << 30), 9)
        endless(connection, ok + b"Content-Encoding: gzip\r\n\r\n", body)
    elif path == "double-bomb":
        body = gzip.compress(gzip.compress(bytes(1 << 30), 9), 9)
        connection.sendall(ok + b"Content-Encoding: gzip, gzip\r\n\r\n" + body)
    elif path == "endless":
        endless(connection, ok + b"Content-Type: application/rss+xml\r\n\r\n", b"<item>" * 10_000)
    elif path == "chunks":
        endless(connection, ok + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 10_000)
    elif path == "header-flood":
        endless(connection, ok, b"X-Flood: y\r\n" * 1000)
    elif path == "long-header":
        endless(connection, ok + b"X-Long: ", b"y" * 65536)
    elif path == "informational":
        endless(connection, b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)
    elif path == "drip":
        connection.sendall(ok + b"\r\n")
        while True:
            connection.sendall(b".")
            time.sleep(1)
    elif path == "drip-header":
        while True:
            connection.sendall(b"H")
            time.sleep(1)
    elif path == "loop":
        connection.sendall(b"HTTP/1.1 302 X\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n")
    elif path.startswith("chain"):
        connection.sendall(f"HTTP/1.1 301 X\r\nLocation: /{path}x\r\nContent-Length: 0\r\n\r\n".encode())


def serve(listener):
    while True:
        connection, _ = listener.accept()

        def answer(connection=connection):
            try:
                with connection:
                    while request := connection.recv(65536):
                        hostile_answer(request.split()[1].decode()[1:], connection)
            except OSError:
                pass

        threading.Thread(target=answer, daemon=True).start()


def measure_hostile():
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    port = listener.getsockname()[1]
    for path in ["bomb", "double-bomb", "endless", "chunks", "header-flood", "long-header", "informational", "drip",
                 "drip-header", "loop", "chain"]:
        print(f"{path}: ", end="", flush=True)
        line = run("one", f"http://127.0.0.1:{port}/{path}")
        goal(f"{path} under 1 s of CPU and 256 MB",
             number(r"^([\d.e-]+) s CPU", line) < 1 and number(r"most (\d+) MB", line) < 256 and not re.search(r": \d+ bytes$", line))


if arguments.only != "hostile":
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        measure_nginx(pathlib.Path(folder))
if arguments.only != "nginx":
    measure_hostile()
print("missed: " + ", ".join(missed) if missed else "every goal met")
sys.exit(1 if missed else 0)
