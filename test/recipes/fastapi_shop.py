"""A FastAPI site whose callback asks Kakao with httpx's AsyncClient, served by uvicorn."""

import json
import socket
from typing import List

import httpx
import uvicorn
from fastapi import FastAPI, Query
from fastapi.responses import Response
from linkwatch_server_timing import LinkwatchASGI

app = FastAPI()
app.add_middleware(LinkwatchASGI)


@app.get("/cb")
async def callback(authorization: str, get: List[str] = Query([]), stream: List[str] = Query([])):
    headers = {"Authorization": authorization}
    bodies = []
    async with httpx.AsyncClient(base_url="https://kapi.kakao.com", headers=headers) as client:
        for target in get:
            bodies.append((await client.get(target)).text)
        for target in stream:
            async with client.stream("GET", target) as response:
                bodies.append((await response.aread()).decode())
    return Response(json.dumps(bodies), status_code=302, headers={"Location": "/next"})


with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run([listener])
