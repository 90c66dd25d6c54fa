"""Two drivers append to one Delta table at once; see ./writers.

Called with a folder and the spark-submit command it starts the two and counts; as the program of
that command it is one of them.
"""

import pathlib
import subprocess
import sys
import time
import uuid

COMMITS = 15


def append(name: str, table: str, folder: pathlib.Path) -> None:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.appName(name)
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    if name == "first":
        spark.range(0).selectExpr("id", "'' AS writer").write.format("delta").save(table)
    (folder / name).touch()
    while len(list(folder.glob("*"))) < 2:  # they begin together
        time.sleep(0.01)
    for commit in range(COMMITS):
        rows = spark.range(commit, commit + 1).selectExpr("id", f"'{name}' AS writer")
        rows.write.format("delta").mode("append").save(table)
    (folder / f"{name}.done").touch()
    if name == "first":
        while not (folder / "second.done").exists():
            time.sleep(0.1)
        kept = spark.read.format("delta").load(table).distinct().count()
        history = spark.sql(f"DESCRIBE HISTORY delta.`{table}`")
        versions = history.selectExpr("max(version)").first()[0]
        (folder / "result").write_text(f"{kept} {versions}")


def main(folder: pathlib.Path, submit: list[str]) -> int:
    table = f"s3a://recupero/writers-{uuid.uuid4()}"
    folder = folder / uuid.uuid4().hex
    folder.mkdir(parents=True)
    writers = [
        subprocess.Popen(
            [*submit, __file__, name, table, str(folder)],
            stderr=(folder.parent / f"{name}.log").open("w"),
        )
        for name in ("first", "second")
    ]
    codes = [writer.wait() for writer in writers]
    if any(codes):
        print(f"A writer broke; its log is in {folder.parent}.", file=sys.stderr)
        return 1
    kept, versions = map(int, (folder / "result").read_text().split())
    print(f"{2 * COMMITS} commits acknowledged, {versions} versions and {kept} rows there")
    return 0 if kept == versions == 2 * COMMITS else 1


if __name__ == "__main__":
    if sys.argv[1] in ("first", "second"):
        append(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
