"""A server with the S3 API, by moto: `python -m tests.s3_server` prints its address and runs until its input ends.

It logs each request to standard error.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUCKET = "archive"


@contextmanager
def s3_server(log: Path = Path(os.devnull)) -> Iterator[dict[str, str]]:
    """Yield an environment in which s3:// is a server with an empty bucket `archive`; the log file has one line per request."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.s3_server"]
    with (
        log.open("ab") as said,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
        ) as server,
    ):
        assert server.stdin and server.stdout
        address = server.stdout.readline().strip()
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "reader",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
        }
        server.stdin.close()


def main() -> None:
    from urllib.request import Request, urlopen

    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    urlopen(Request(f"http://{host}:{port}/{BUCKET}", method="PUT")).close()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
