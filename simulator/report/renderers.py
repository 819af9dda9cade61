"""Processes that turn charts into SVG while the page is still being computed."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, final

COUNT = 1
"""Processes; each takes half a second to start, and a page has some 30 drawings."""
Spec = Mapping[str, Any]


@final
class Renderers:
    """Some processes that each turn one chart after another into SVG."""

    def __init__(self, count: int = COUNT) -> None:
        self._own = threading.local()
        self._started: list[subprocess.Popen[str]] = []
        self._threads = ThreadPoolExecutor(count, "renderer")

    def draw(self, spec: Spec) -> "Future[str]":
        """Return the SVG to come of a chart; its result raises RuntimeError when the chart cannot be drawn."""
        return self._threads.submit(self._drawn, json.dumps(spec))

    def close(self) -> None:
        """End the processes; what is not drawn yet will not be."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def _drawn(self, spec: str) -> str:
        process = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{spec}\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise RuntimeError(f"the process that draws pictures ended with code {process.wait()}")
        found: dict[str, str] = json.loads(answer)
        if "error" in found:
            raise RuntimeError(f"a picture cannot be drawn: {found['error']}")
        return found["svg"]

    def _process(self) -> "subprocess.Popen[str]":
        """Return the process of this thread, started when it is first asked for."""
        if not hasattr(self._own, "process"):
            self._own.process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                # this process may have found the package by other means than the environment
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._started.append(self._own.process)
        process: subprocess.Popen[str] = self._own.process
        return process


def serve() -> None:
    """Read charts, one a line, from standard input until it ends, and write what comes of each, one a line."""
    import vl_convert

    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text stream, as always
    for line in sys.stdin:
        try:
            answer = {"svg": vl_convert.vegalite_to_svg(json.loads(line))}
        except ValueError as error:
            answer = {"error": str(error)}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


_CURRENT: ContextVar[Renderers | None] = ContextVar("renderers", default=None)


@contextmanager
def working() -> Iterator[None]:
    """Have charts drawn by processes of their own until the context ends."""
    renderers = Renderers()
    before = _CURRENT.set(renderers)
    try:
        yield
    finally:
        _CURRENT.reset(before)
        renderers.close()


def drawn(spec: Spec) -> "Future[str]":
    """Return the SVG to come of a chart: drawn at once, unless processes are `working`."""
    renderers = _CURRENT.get()
    if renderers is not None:
        return renderers.draw(spec)
    import vl_convert

    done: Future[str] = Future()
    done.set_result(vl_convert.vegalite_to_svg(dict(spec)))
    return done
