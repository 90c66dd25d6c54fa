package io.recupero.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.publish.ReadersExtension.Lock;
import io.recupero.sql.RefusedSqlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.PositionalParameterContext;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** What a reader of the Spark Thrift Server may ask, in a session with one served view. */
class ReadersParserTest {

  private static final SparkSession SPARK = (SparkSession) TestSpark.session();

  @TempDir private static Path folder;

  private static ReadersParser locked;
  private static ReadersParser open;

  @BeforeAll
  static void serve() throws Exception {
    SPARK.sql("CREATE DATABASE readers");
    SPARK.sql("CREATE DATABASE private");
    String table = folder.resolve("table").toString();
    SPARK.range(3).write().format("delta").save(table);
    SPARK.sql("CREATE VIEW readers.shown AS SELECT id FROM delta.`" + table + "`");
    SPARK.sql("CREATE VIEW readers.hidden AS SELECT id AS tax_id FROM delta.`" + table + "`");
    SPARK.sql("CREATE VIEW private.shown AS SELECT id AS tax_id FROM delta.`" + table + "`");
    SPARK.range(1).createOrReplaceTempView("temporary");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Lock lock = Lock.of(SPARK, Set.of("readers.shown"));
    var parser = SPARK.sessionState().sqlParser();
    locked = new ReadersParser(SPARK, parser, () -> Optional.of(lock));
    open = new ReadersParser(SPARK, parser, Optional::empty);
  }

  @AfterAll
  static void clear() {
    SPARK.sql("USE default");
    SPARK.sql("DROP DATABASE readers CASCADE");
    SPARK.sql("DROP DATABASE private CASCADE");
    SPARK.catalog().dropTempView("temporary");
    SPARK.sparkContext().setLocalProperty("spark.scheduler.pool", null);
  }

  private static final ParameterContext NONE =
      new PositionalParameterContext(CollectionConverters.asScala(List.<Expression>of()).toSeq());

  private static List<Row> rows(String sql) throws ParseException {
    // As Spark's sql(...) does.
    return Dataset.ofRows(SPARK, locked.parsePlanWithParameters(sql, NONE)).collectAsList();
  }

  @Test
  void theServedViewsAreReadWhateverTheyRead() throws ParseException {
    assertThat(rows("SELECT SUM(id) FROM readers.shown")).containsExactly(row(3));
    assertThat(rows("WITH x AS (SELECT id FROM Readers.SHOWN) SELECT MAX(id) FROM x"))
        .containsExactly(row(2));
    assertThat(rows("SELECT id FROM readers.shown WHERE id IN (SELECT 1)")).containsExactly(row(1));
    assertThat(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM RANGE(4)")).containsExactly(row(4));
    rows("USE readers");
    assertThat(rows("SELECT COUNT(*) FROM shown")).containsExactly(row(3));
  }

  @Test
  void driversAndSupersetFindTablesAndColumns() throws ParseException {
    assertThat(rows("SHOW TABLES IN `readers`")).isNotEmpty();
    assertThat(rows("SHOW VIEWS IN `readers`")).isNotEmpty();
    assertThat(rows("SHOW SCHEMAS")).isNotEmpty();
    assertThat(rows("DESCRIBE readers.shown").get(0).getString(0)).isEqualTo("id");
    assertThatCode(() -> locked.parsePlan("SHOW FUNCTIONS")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM readers.hidden",
        "SELECT * FROM private.shown",
        "SELECT * FROM temporary",
        "SELECT * FROM global_temp.temporary",
        "WITH shown AS (SELECT * FROM readers.hidden) SELECT * FROM shown",
        "SELECT id FROM readers.shown UNION ALL SELECT tax_id FROM readers.hidden",
        "SELECT * FROM readers.shown WHERE EXISTS (SELECT 1 FROM private.shown)",
        "SELECT id, CURRENT_USER FROM readers.shown",
        "SELECT current_timestamp",
        "SELECT * FROM VALUES (reflect('java.lang.System', 'getProperty', 'user.name'))",
        "SELECT TRANSFORM(id) USING 'cat' AS (x) FROM readers.shown",
        "DESCRIBE EXTENDED readers.shown",
        "DESCRIBE readers.hidden",
        "DESCRIBE text.`/etc/passwd`",
        "DESCRIBE TABLE EXTENDED readers.shown AS JSON",
        "USE private",
        "SHOW TABLES IN private",
        "SHOW TABLE EXTENDED IN readers LIKE '*'",
        "SHOW CREATE TABLE readers.shown",
        "SET spark.sql.ansi.enabled = false",
        "SET",
        "ADD JAR '/tmp/x.jar'",
        "CREATE VIEW readers.more AS SELECT * FROM text.`/etc/passwd`",
        "CREATE OR REPLACE TEMPORARY VIEW shown AS SELECT 1"
      })
  void whatIsNotServedIsRefused(String sql) {
    assertThatThrownBy(() -> locked.parsePlan(sql)).isInstanceOf(RefusedSqlException.class);
    assertThatThrownBy(() -> rows(sql)).isInstanceOf(RefusedSqlException.class);
  }

  @Test
  void noFileIsReadBeforeAStatementIsRefused() {
    Path file = folder.resolve("secret.txt");
    for (String format : List.of("text", "csv", "json", "parquet", "delta", "orc", "binaryFile")) {
      String sql = "SELECT * FROM %s.`%s`".formatted(format, file);
      assertThatThrownBy(() -> locked.parsePlan(sql))
          .isInstanceOf(RefusedSqlException.class)
          .hasMessageContaining("Files and paths never are");
    }
    assertThatCode(() -> Dataset.ofRows(SPARK, open.parsePlan("SELECT * FROM text.`" + file + "`")))
        .doesNotThrowAnyException();
  }

  @Test
  void aNameThatMeansAnotherTableBySchemaIsRefusedOnceItIsResolved() throws ParseException {
    SPARK.sql("USE private"); // as another statement of the one session could have left it
    try {
      assertThatThrownBy(() -> locked.parsePlan("SELECT * FROM shown"))
          .isInstanceOf(RefusedSqlException.class)
          .hasMessageContaining("private.shown");
    } finally {
      SPARK.sql("USE default");
    }
  }

  @Test
  void settingsThatAConnectionBringsAreTakenBack() throws ParseException {
    SPARK.conf().set("spark.recupero.brought", "x");
    String ansi = SPARK.conf().get("spark.sql.ansi.enabled");
    SPARK.conf().set("spark.sql.ansi.enabled", "false");
    rows("SELECT 1");
    assertThat(SPARK.conf().get("spark.sql.ansi.enabled")).isEqualTo(ansi);
    assertThat(SPARK.conf().getOption("spark.recupero.brought").isEmpty()).isTrue();
  }

  @Test
  void whatPeopleTypeHasAPoolBesideThatOfTheCharts() throws ParseException {
    rows("SELECT 1");
    assertThat(SPARK.sparkContext().getLocalProperty("spark.scheduler.pool")).isEqualTo("typed");
    rows(ReadersParser.OWN_MARK + " SELECT 1");
    assertThat(SPARK.sparkContext().getLocalProperty("spark.scheduler.pool")).isEqualTo("own");
  }

  @Test
  void withoutALockItIsSparksParser() throws ParseException {
    LogicalPlan plan = open.parsePlan("SET spark.sql.ansi.enabled");
    assertThat(plan.getClass().getSimpleName()).isEqualTo("SetCommand");
  }

  private static Row row(long value) {
    return org.apache.spark.sql.RowFactory.create(value);
  }
}
