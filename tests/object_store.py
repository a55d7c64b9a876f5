"""An object store on this machine that speaks S3, empty, with what a program needs to know to use it."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

SECRET = "a-secret-nobody-may-read"  # noqa: S105 -- of a server that takes any


@dataclass(frozen=True)
class Stores:
    """`address` and `keys` are settings; `client` looks and meddles from outside. `stop` lets it go away."""

    address: str
    keys: Mapping[str, str]
    client: Any
    bucket: str
    server: ThreadedMotoServer

    def names(self) -> list[str]:
        """Every object under the address."""
        found = self.client.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        return sorted(one["Key"].removeprefix("crosscount/") for one in found)

    def read(self, name: str) -> bytes:
        """The bytes of an object."""
        body: bytes = self.client.get_object(Bucket=self.bucket, Key=f"crosscount/{name}")["Body"].read()
        return body

    def write(self, name: str, body: bytes) -> None:
        """Put an object, or another in its place."""
        self.client.put_object(Bucket=self.bucket, Key=f"crosscount/{name}", Body=body)

    def stop(self) -> None:
        """Nobody answers any more."""
        self.server.stop()


@contextmanager
def object_store() -> Iterator[Stores]:
    """A store that is gone at the end."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "crosscount",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
    }
    client = boto3.client(
        "s3",
        endpoint_url=keys["AWS_ENDPOINT_URL"],
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=SECRET,
        region_name=keys["AWS_REGION"],
    )
    bucket = f"numbers-{uuid.uuid4().hex[:12]}"  # servers of one process share what they hold
    client.create_bucket(Bucket=bucket)
    try:
        yield Stores(f"s3://{bucket}/crosscount", keys, client, bucket, server)
    finally:
        server.stop()
