package io.recupero.cli;

import io.recupero.lake.ReadOnlyQuery;
import io.recupero.lake.ReleasedLake;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a read-only query over the tables of the current release. */
@Command(name = "sql")
final class SqlCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  @Parameters(arity = "1", paramLabel = "QUERY", descriptionKey = "query")
  private String query;

  @Override
  public Integer call() {
    ReleasedLake lake = ReleaseOf.open(common.lake(), ReleaseOf.numbered(common.lake(), number));
    SparkSession spark = lake.spark();
    ReadOnlyQuery.conf().forEach((key, value) -> spark.conf().set(key, value));
    common.print(Rows.of(new ReadOnlyQuery(lake, spark).rows(query)));
    return 0;
  }
}
