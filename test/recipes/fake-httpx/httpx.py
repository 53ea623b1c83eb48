"""Stands in for httpx, which is not part of Python: the parts that the recipe touches, without a network."""

from urllib.parse import urlsplit


class URL:
    def __init__(self, text):
        parts = urlsplit(text)
        self.host = parts.hostname
        self.path = parts.path


class Request:
    def __init__(self, method, url):
        self.method = method
        self.url = URL(url)


class Response:
    def __init__(self, streamed):
        self.status_code = 200
        self.streamed = streamed
        self.text = '{"has_signed_up": false, "connected_at": "2026-11-22T03:04:05Z"}'

    @property
    def content(self):
        if self.streamed:
            raise RuntimeError("not read yet")
        return self.text.encode()


class Client:
    def send(self, request):
        return Response(streamed=request.url.path == "/v1/streamed")


class AsyncClient:
    async def send(self, request):
        return Response(streamed=request.url.path == "/v1/streamed")
