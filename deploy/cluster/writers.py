"""Two drivers commit to one place in S3 at once; see ./writers.

First they race for the same versions, through the log store alone: a version that both were told is
theirs is a commit lost. Then they append to one Delta table, which must try again where it lost.

Called with a folder and the spark-submit command it starts the two and counts; as the program of
that command it is one of them.
"""

import pathlib
import subprocess
import sys
import time
import uuid

VERSIONS = 300
COMMITS = 15


def together(folder: pathlib.Path, name: str, step: str) -> None:
    (folder / f"{name}.{step}").touch()
    while len(list(folder.glob(f"*.{step}"))) < 2:
        time.sleep(0.005)


def race(spark, name: str, log: str) -> list[int]:
    """Tries to commit every version; returns those that are said to be ours."""
    from py4j.protocol import Py4JJavaError

    jvm = spark._jvm
    hadoop = spark._jsc.hadoopConfiguration()
    store = getattr(jvm, spark.conf.get("spark.delta.logStore.s3a.impl"))(hadoop)
    ours = []
    for version in range(VERSIONS):
        path = jvm.org.apache.hadoop.fs.Path(f"{log}/{version:020d}.json")
        try:
            store.write(path, jvm.java.util.List.of(f"{name} {version}").iterator(), False, hadoop)
            ours.append(version)
        except Py4JJavaError as e:
            if "FileAlreadyExistsException" not in str(e.java_exception):
                raise
    return ours


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
    together(folder, name, "race")
    ours = race(spark, name, f"{table}-race/_delta_log")
    (folder / f"{name}.ours").write_text(" ".join(map(str, ours)))
    together(folder, name, "append")
    for commit in range(COMMITS):
        rows = spark.range(commit, commit + 1).selectExpr("id", f"'{name}' AS writer")
        rows.write.format("delta").mode("append").save(table)
    together(folder, name, "done")
    if name == "first":
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
    first, second = (set((folder / f"{name}.ours").read_text().split()) for name in ("first", "second"))
    print(f"{VERSIONS} versions raced for: {len(first)} and {len(second)} won, {len(first & second)} by both (lost commits)")
    kept, versions = map(int, (folder / "result").read_text().split())
    print(f"{2 * COMMITS} appends acknowledged: {versions} versions and {kept} rows are there")
    return 0 if not first & second and kept == versions == 2 * COMMITS else 1


if __name__ == "__main__":
    if sys.argv[1] in ("first", "second"):
        append(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
