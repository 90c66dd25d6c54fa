package io.recupero.publish;

import io.recupero.kpi.CurveFunctions;
import io.recupero.sql.SqlGate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Spark's way to a server that readers ask: it is open while its views are made, and locked for
 * good before it listens. What {@code spark.sql.extensions} names.
 */
public final class ReadersExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  /** Empty while the server is not locked. */
  private static volatile Optional<Lock> lock = Optional.empty();

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectParser(
        new AbstractFunction2<>() {
          @Override
          public ParserInterface apply(SparkSession spark, ParserInterface parser) {
            return new ReadersParser(spark, parser, () -> lock);
          }
        });
    return BoxedUnit.UNIT;
  }

  /** Locks every session of this JVM to reading views, which have a schema each. */
  static void lock(SparkSession spark, Set<String> views) {
    lock = Optional.of(Lock.of(spark, views));
  }

  /**
   * What holds from now on.
   *
   * @param gate for queries
   * @param schemas that may be listed and used
   * @param settings of the session, which nobody changes
   */
  record Lock(SqlGate gate, Set<String> schemas, Map<String, String> settings) {

    static Lock of(SparkSession spark, Set<String> views) {
      Set<String> names = new TreeSet<>();
      Set<String> schemas = new TreeSet<>(Set.of("default"));
      for (String view : views) {
        String[] parts = view.toLowerCase(Locale.ROOT).split("\\.");
        schemas.add(parts[0]);
        names.add(String.join(".", parts));
        names.add("spark_catalog." + String.join(".", parts));
        names.add(parts[1]); // of the schema in use
      }
      return new Lock(
          new SqlGate(names::contains, CurveFunctions.sqlNames()),
          Set.copyOf(schemas),
          Map.copyOf(CollectionConverters.asJava(spark.conf().getAll())));
    }
  }
}
