"""How a program that served pages ends."""

import os
import sys
import threading

from dash import Dash

from dashboard.app import close


def leave(app: Dash) -> None:
    """End the process here where threads are still at work; else return, so that it ends as any other.

    A thread inside the database aborts an interpreter that is taken down around it, and the end of a service then counts as a crash.
    Nothing such a thread does has to be finished: a download whose reader is gone, a snapshot that is laid out for finding, a
    publication, which takes its place in one step or not at all.
    """
    close(app)
    if threading.active_count() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
