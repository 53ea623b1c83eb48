"""A back end in Python, standard library only, that makes the calls it is told to. `python_shop.py wsgi|asgi`.

What it sends to Kakao under the real names reaches the emulator at LOOPBACK_PORT, certificate checks included (trust
comes from SSL_CERT_FILE); every other host is refused. `POST /` with {via, paths, token, answer}; what Kakao answered
comes back as the body.
"""

import asyncio
import http.client
import json
import os
import socket
import sys
import urllib.error
import urllib.request
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from linkwatch_server_timing import LinkwatchASGI, LinkwatchWSGI

create_connection = socket.create_connection


def to_emulator(address, *args, **kwargs):
    if address[0] not in ("kauth.kakao.com", "kapi.kakao.com"):
        raise OSError("no way out to %s" % address[0])
    return create_connection(("127.0.0.1", int(os.environ["LOOPBACK_PORT"])), *args, **kwargs)


socket.create_connection = to_emulator


def by_http_client(method, host, path, headers):
    connection = http.client.HTTPSConnection(host, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def by_urllib(method, host, path, headers):
    request = urllib.request.Request("https://" + host + path, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            # Piece by piece, as a careful caller reads.
            return "".join(iter(lambda: response.read(7).decode("latin-1"), ""))
    except urllib.error.HTTPError as error:
        return error.read().decode()


def by_readinto(method, host, path, headers):
    connection = http.client.HTTPSConnection(host, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        buffer = bytearray(65_536)
        size = 0
        while count := response.readinto(memoryview(buffer)[size:]):
            size += count
        return buffer[:size].decode()
    finally:
        connection.close()


def by_requests(method, host, path, headers):
    from pip._vendor import requests
    from pip._vendor.urllib3.util import connection

    # It has a way of its own to connect, and to find whom to trust.
    connection.create_connection = lambda address, timeout, **_: to_emulator(address)
    trusted = os.environ["SSL_CERT_FILE"]
    return requests.request(method, "https://" + host + path, headers=headers, verify=trusted).text


CALLERS = {
    "http.client": by_http_client,
    "urllib": by_urllib,
    "readinto": by_readinto,
    "requests": by_requests,
}


def make_calls(order):
    """Makes the calls of an order, one after the other; gives their bodies."""
    bodies = []
    for line in order["paths"]:
        method, path, *own = line.split(" ")
        host = "kauth.kakao.com" if path.startswith("/oauth") else "kapi.kakao.com"
        headers = {"Authorization": " ".join(own) or "Bearer " + order["token"]}
        try:
            bodies.append(CALLERS[order["via"]](method, host, path, headers))
        except OSError as error:
            bodies.append(json.dumps(str(error)))
    return ("[%s]" % ",".join(bodies)).encode()


OWN = ("Server-Timing", "db;dur=53")


def head_of(order):
    if order["answer"] == "redirect":
        return "302 Found", [("Location", "/next")]
    return "200 OK", [OWN] if order["answer"] == "own" else []


def wsgi(environ, start_response):
    order = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    if order["answer"] == "generator":
        return lazily(order, start_response)
    if order["answer"] == "early":
        start_response(*head_of(order))
        return [make_calls(order)]
    body = make_calls(order)
    start_response(*head_of(order))
    return [body]


def lazily(order, start_response):
    body = make_calls(order)
    start_response(*head_of(order))
    yield body


async def asgi(scope, receive, send):
    order = json.loads((await receive())["body"])
    status, headers = head_of(order)
    start = {
        "type": "http.response.start",
        "status": int(status.split()[0]),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    if order["answer"] == "early":
        await send(start)
    body = await asyncio.to_thread(make_calls, order)
    if order["answer"] != "early":
        await send(start)
    await send({"type": "http.response.body", "body": body})


def asgi_as_wsgi(app):
    """Serves an ASGI application, one request at a time and thread, as far as these tests need it."""

    def application(environ, start_response):
        request = {
            "type": "http.request",
            "body": environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])),
        }
        sent = []

        async def receive():
            return request

        async def send(message):
            sent.append(message)

        asyncio.run(app({"type": "http", "path": environ["PATH_INFO"]}, receive, send))
        start, body = sent
        headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
        start_response("%d Status" % start["status"], headers)
        return [body["body"]]

    return application


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


application = LinkwatchWSGI(wsgi) if sys.argv[1] == "wsgi" else asgi_as_wsgi(LinkwatchASGI(asgi))
with make_server("127.0.0.1", 0, application, Threaded, Quiet) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
