"""A Django site whose callback asks Kakao with httpx. It is its own settings, and served by the recipe's wsgi.py."""

import json
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
from django.http import HttpResponse
from django.urls import path

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
LOGGING_CONFIG = None


def callback(request):
    bodies = []
    with httpx.Client() as client:
        headers = {"Authorization": request.GET["authorization"]}
        for target in request.GET.getlist("get"):
            bodies.append(client.get("https://kapi.kakao.com" + target, headers=headers).text)
    return HttpResponse(json.dumps(bodies), status=302, headers={"Location": "/next"})


urlpatterns = [path("cb", callback)]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


if __name__ == "__main__":
    from django_wsgi import application

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
