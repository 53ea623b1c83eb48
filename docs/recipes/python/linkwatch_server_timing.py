"""Linkwatch for Kakao Login: what this server asked of Kakao, told in the Server-Timing response header.

WSGI (Django's wsgi.py, Flask's app.wsgi_app, ...):

    from linkwatch_server_timing import LinkwatchWSGI
    application = LinkwatchWSGI(application)

ASGI (Django's asgi.py, Starlette, FastAPI, ...):

    from linkwatch_server_timing import LinkwatchASGI
    application = LinkwatchASGI(application)      # FastAPI: app.add_middleware(LinkwatchASGI)

Sees calls made through http.client (requests, urllib3, urllib) and httpx; not aiohttp's client. Python 3.8 or later, no
dependencies. Without LINKWATCH_SERVER_TIMING=1 in the environment it does nothing. Meant for test environments.

The header holds method, path and status of each call, an error code, has_signed_up, connected_at and whether it names its
user, as with the admin key; no query, no token, no code, nothing of the user.
"""

import contextvars
import http.client
import json
import os
import re
import time
import zlib

_ON = os.environ.get("LINKWATCH_SERVER_TIMING") == "1"

# Proxies often refuse more than 4 KB of headers, so a report has an end.
_MOST_CALLS = 20
_MOST_BYTES = 65_536

# What is known of the request being answered. Threads that the application starts itself do not inherit it, unless by
# asyncio.to_thread or contextvars.copy_context().run.
_visit = contextvars.ContextVar("linkwatch_visit", default=None)


class LinkwatchWSGI:
    """Wraps a WSGI application."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if not _ON:
            return self.app(environ, start_response)
        calls = []
        started = []
        context = contextvars.copy_context()
        context.run(_visit.set, calls)

        def reporting_start(status, headers, *exc_info):
            started.append(True)
            value = _header_of(calls)
            more = [("Server-Timing", value)] if value else []
            return start_response(status, list(headers) + more, *exc_info)

        answer = context.run(self.app, environ, reporting_start)
        # A generator has not done anything yet: its work comes with its first piece.
        return answer if started else _InContext(answer, context)


class _InContext:
    def __init__(self, answer, context):
        self._answer = answer
        self._pieces = iter(answer)
        self._context = context

    def __iter__(self):
        return self

    def __next__(self):
        return self._context.run(next, self._pieces)

    def close(self):
        close = getattr(self._answer, "close", None)
        if close:
            self._context.run(close)


class LinkwatchASGI:
    """Wraps an ASGI application."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if not _ON or scope["type"] != "http":
            return await self.app(scope, receive, send)
        calls = []

        async def reporting_send(message):
            value = _header_of(calls) if message["type"] == "http.response.start" else ""
            if value:
                headers = [*message.get("headers", ()), (b"server-timing", value.encode("ascii"))]
                message = {**message, "headers": headers}
            await send(message)

        token = _visit.set(calls)
        try:
            return await self.app(scope, receive, reporting_send)
        finally:
            _visit.reset(token)


class _Call:
    def __init__(self, method, path, query):
        self.method = method
        self.path = path
        # Whether a field that the answer lacks is lacking at Kakao: property_keys asks for some fields alone.
        self.whole = method == "GET" and "property_keys" not in query
        # Whether it names its user, as calls with the admin key do: it need not be about who is logged in.
        self.names_user = re.search(r"(^|&)target_id=", query) is not None
        self.began = time.monotonic()
        # Until it is answered.
        self.status = 0
        self.ms = 0
        # The body as it came, and how to read it.
        self.raw = b""
        self.too_long = False
        self.chunked = False
        self.encoding = ""

    def authorized(self, value):
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
        self.names_user = self.names_user or text.lower().startswith("kakaoak")

    def answered(self, status, encoding=None, chunked=False):
        self.status = status
        self.ms = round((time.monotonic() - self.began) * 1000)
        self.encoding = (encoding or "").lower()
        self.chunked = chunked

    def keep(self, data):
        self.too_long = self.too_long or len(self.raw) + len(data or b"") > _MOST_BYTES
        if data and not self.too_long:
            self.raw += data


def _begin(host, method, target):
    """Starts the record of a call to Kakao. A call that is never answered is not reported."""
    calls = _visit.get()
    path, _, query = target.partition("#")[0].partition("?")
    host = (host or "").lower()
    kakao = host == "kapi.kakao.com" or (host == "kauth.kakao.com" and path.strip("/") == "oauth/token")
    if calls is None or not kakao or len(calls) >= _MOST_CALLS:
        return None
    call = _Call(method, path, query)
    calls.append(call)
    return call


def _dechunked(raw):
    body = b""
    while True:
        size, _, raw = raw.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if length == 0:
            return body
        body += raw[:length]
        raw = raw[length + 2 :]


def _body_of(call):
    if call.too_long:
        return {}
    try:
        raw = _dechunked(call.raw) if call.chunked else call.raw
        if call.encoding in ("gzip", "x-gzip", "deflate"):
            # 47: gzip or zlib, whichever the data says.
            raw = zlib.decompressobj(47).decompress(raw, _MOST_BYTES)
        body = json.loads(raw)
    except (ValueError, zlib.error):
        return {}
    return body if isinstance(body, dict) else {}


def _own_ids(calls):
    """The ids in the answers to calls that carried a token: those of whoever is logged in."""
    paths = ("/v2/user/me", "/v1/user/access_token_info")
    own = [_body_of(call).get("id") for call in calls if call.path in paths and not call.names_user]
    return [user_id for user_id in own if user_id is not None]


def _words_of(call, own_ids):
    """Only words of a known shape leave the body."""
    body = _body_of(call)
    of_other = call.names_user and body.get("id") not in own_ids
    words = []
    if call.status >= 400:
        code, koe = body.get("code"), body.get("error_code")
        if type(code) is int and code < 0:
            words.append("code=%d" % code)
        elif isinstance(koe, str) and re.fullmatch(r"KOE[0-9]{3,4}", koe):
            words.append("code=" + koe)
    elif call.path == "/v2/user/me" and not of_other:
        signed_up, connected_at = body.get("has_signed_up"), body.get("connected_at")
        if isinstance(signed_up, bool):
            words.append("has_signed_up=" + str(signed_up).lower())
        elif call.whole and "id" in body and "has_signed_up" not in body:
            words.append("has_signed_up=none")
        moment = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"
        if isinstance(connected_at, str) and re.fullmatch(moment, connected_at):
            words.append("connected_at=" + connected_at)
    if of_other:
        words.append("target=other")
    return words


def _worded(path):
    """The path, with ~ for every segment that is not plainly a word: it could be an id."""
    word = re.compile(r"([A-Za-z][A-Za-z_-]{0,30}[0-9]{0,2})?")
    return "/".join(s if word.fullmatch(s) else "~" for s in path.split("/"))


def _header_of(calls):
    metrics = []
    own_ids = _own_ids(calls)
    for call in calls:
        words = _words_of(call, own_ids)
        desc = " ".join([call.method, _worded(call.path), str(call.status), *words])
        metrics.append('kakao;desc="%s";dur=%d' % (desc, call.ms))
    return ", ".join(metrics)


class _Tee:
    """A response's stream that shows what is read from it to `keep`."""

    def __init__(self, stream, keep):
        self._stream = stream
        self._keep = keep

    def _shown(self, data):
        self._keep(data)
        return data

    def read(self, *size):
        return self._shown(self._stream.read(*size))

    def read1(self, *size):
        return self._shown(self._stream.read1(*size))

    def readline(self, *size):
        return self._shown(self._stream.readline(*size))

    def readinto(self, buffer):
        count = self._stream.readinto(buffer)
        self._keep(bytes(memoryview(buffer)[: count or 0]))
        return count

    def __getattr__(self, name):
        return getattr(self._stream, name)


def _watch_http_client():
    connection = http.client.HTTPConnection
    putrequest, getresponse = connection.putrequest, connection.getresponse
    putheader = connection.putheader

    def watched_putrequest(self, method, url, *args, **kwargs):
        host = getattr(self, "_tunnel_host", None) or self.host
        self._linkwatch_call = _begin(host, method, url)
        return putrequest(self, method, url, *args, **kwargs)

    def watched_putheader(self, header, *values):
        call = getattr(self, "_linkwatch_call", None)
        name = header.decode("latin-1") if isinstance(header, bytes) else str(header)
        if call and values and name.lower() == "authorization":
            call.authorized(values[0])
        return putheader(self, header, *values)

    def watched_getresponse(self, *args, **kwargs):
        response = getresponse(self, *args, **kwargs)
        call = getattr(self, "_linkwatch_call", None)
        self._linkwatch_call = None
        if call:
            call.answered(
                response.status, response.getheader("content-encoding"), bool(response.chunked)
            )
            if response.fp:
                response.fp = _Tee(response.fp, call.keep)
        return response

    connection.putrequest = watched_putrequest
    connection.putheader = watched_putheader
    connection.getresponse = watched_getresponse


def _watch_httpx():
    try:
        import httpx
    except ImportError:
        return
    send, send_async = httpx.Client.send, httpx.AsyncClient.send

    def begun(request):
        target = request.url.raw_path.decode("ascii")
        call = _begin(request.url.host, request.method, target)
        if call:
            call.authorized(request.headers.get("authorization"))
        return call

    def ended(call, response):
        if call:
            call.answered(response.status_code)
            try:
                call.keep(response.content)
            except Exception:  # A streamed answer is not there yet: the status alone is told.
                pass
        return response

    def watched_send(self, request, *args, **kwargs):
        call = begun(request)
        return ended(call, send(self, request, *args, **kwargs))

    async def watched_send_async(self, request, *args, **kwargs):
        call = begun(request)
        return ended(call, await send_async(self, request, *args, **kwargs))

    httpx.Client.send = watched_send
    httpx.AsyncClient.send = watched_send_async


if _ON:
    _watch_http_client()
    _watch_httpx()
