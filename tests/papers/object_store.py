"""A small S3-like store on loopback: enough of the protocol for the product to keep, read, list and remove files in it."""

import datetime as dt
import hashlib
import threading
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Store:
    """Its objects by key (bucket and path) with when they came, and every request that was made of it."""

    def __init__(self):
        self.objects: dict[str, tuple[bytes, dt.datetime]] = {}
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""

    def grow_old(self, days):
        span = dt.timedelta(days=days)
        self.objects = {key: (body, at - span) for key, (body, at) in self.objects.items()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def handle_one(self):
        store: Store = self.server.store
        parts = urlsplit(self.path)
        key = unquote(parts.path).lstrip("/")
        store.requests.append((self.command, self.path, dict(self.headers)))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "AWS4-HMAC-SHA256" not in self.headers.get("Authorization", ""):
            return self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        if self.command == "PUT":
            store.objects[key] = (body, dt.datetime.now(dt.UTC))
            return self.answer(200, b"", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'})
        if self.command == "DELETE":
            store.objects.pop(key, None)
            return self.answer(204, b"")
        if key in store.objects:
            return self.send_object(*store.objects[key])
        if self.command == "GET" and "/" not in key.rstrip("/"):
            return self.send_list(key.rstrip("/"), parse_qs(parts.query))
        return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def send_object(self, body, at):
        found = self.headers.get("Range")
        heads = {"Last-Modified": format_datetime(at, usegmt=True), "ETag": '"x"'}
        if found:
            first, _, last = found.removeprefix("bytes=").partition("-")
            end = int(last) + 1 if last else len(body)
            part = body[int(first) : end]
            heads["Content-Range"] = f"bytes {first}-{int(first) + len(part) - 1}/{len(body)}"
            return self.answer(206, part, heads)
        return self.answer(200, body, heads)

    def send_list(self, bucket, query):
        prefix = query.get("prefix", [""])[0]
        rows = "".join(
            f"<Contents><Key>{escape(key.removeprefix(bucket + '/'))}</Key><LastModified>{at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            f"<Size>{len(body)}</Size></Contents>"
            for key, (body, at) in sorted(self.server.store.objects.items())
            if key.startswith(f"{bucket}/{prefix}")
        )
        said = f"<ListBucketResult><Name>{bucket}</Name><Prefix>{prefix}</Prefix><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
        return self.answer(200, said.encode(), {"Content-Type": "application/xml"})

    def answer(self, status, body, heads=None):
        self.send_response(status)
        for name, value in (heads or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = handle_one


@contextmanager
def running_store():
    """The store while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    store = server.store = Store()
    store.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
