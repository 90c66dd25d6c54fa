"""A server of the S3 protocol on 127.0.0.1, in memory, with one empty bucket; prints its address."""

import time

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "recupero"


def main() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    s3 = boto3.client(
        "s3",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    s3.create_bucket(Bucket=BUCKET)
    print(url, flush=True)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
