package io.recupero.sql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGateTest {

  private static final SqlGate GATE =
      new SqlGate(Set.of("es.balance_es", "t")::contains, Set.of("curve"));

  private static void look(String sql) {
    GATE.parsed(new SparkSqlParser().parsePlan(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, SUM(b) AS x FROM es.balance_es WHERE a = 'x' AND b IN (1, 2) GROUP BY a HAVING SUM(b) > 1"
            + " ORDER BY a DESC NULLS LAST LIMIT 10 OFFSET 2",
        "SELECT DISTINCT t.a FROM t JOIN ES.Balance_ES u ON t.a = u.a CROSS JOIN t AS v",
        "WITH x AS (SELECT 1 AS a), y AS (SELECT * FROM x) SELECT * FROM X, y",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
        "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b), SUM(x) OVER w FROM t WINDOW w AS (PARTITION BY a)",
        "SELECT * FROM (VALUES (1, 'a')) AS v(x, y) UNION ALL SELECT a, b FROM t EXCEPT SELECT a, b FROM t",
        "SELECT CASE WHEN a THEN 1 ELSE 2 END, CAST(a AS DATE), DATE '2026-01-01', EXTRACT(YEAR FROM d), a.b, c[0],"
            + " transform(l, x -> x + 1), t.*, COUNT(DISTINCT a), COUNT(*) FILTER (WHERE a), a LIKE '%x' FROM t",
        "SELECT a FROM t WHERE a IN (SELECT b FROM t) AND EXISTS (SELECT 1 FROM t) AND x = (SELECT MAX(y) FROM t)",
        "SELECT a, SUM(b) FROM t GROUP BY ROLLUP(a)",
        "SELECT * FROM t PIVOT (SUM(a) FOR b IN (1, 2))",
        "SELECT * FROM t LATERAL VIEW EXPLODE(a) x AS y",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), curve(a, b, c) FROM t",
        "SELECT 1"
      })
  void whatOnlyReadsIsLetThrough(String sql) {
    assertThatCode(() -> look(sql)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM text.`/etc/passwd`",
        "SELECT * FROM parquet.`/lake/silver/customers`",
        "SELECT * FROM delta.`/lake/silver/customers`",
        "SELECT * FROM silver.customers",
        "SELECT a FROM t UNION ALL SELECT value FROM text.`/etc/passwd`",
        "SELECT a FROM t WHERE a IN (SELECT value FROM csv.`/etc/passwd`)",
        "SELECT (SELECT MAX(value) FROM json.`/x`) FROM t",
        "WITH x AS (SELECT * FROM orc.`/x`) SELECT * FROM x",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM es.x",
        "SELECT * FROM (WITH x AS (SELECT 1 AS a) SELECT * FROM x), x",
        "SELECT * FROM t WITH (path = '/etc/passwd')",
        "SELECT * FROM STREAM t",
        "SELECT * FROM t VERSION AS OF 1",
        "SELECT * FROM IDENTIFIER('tex' || 't.`/etc/passwd`')",
        "TABLE text.`/etc/passwd`"
      })
  void whatReadsAnotherTableOrAFileIsRefused(String sql) {
    assertThatThrownBy(() -> look(sql)).isInstanceOf(RefusedSqlException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT reflect('java.lang.System', 'exit', 0)",
        "SELECT JAVA_METHOD('java.lang.System', 'exit', 0)",
        "SELECT try_reflect('java.lang.System', 'getProperty', 'user.name')",
        "SELECT a FROM t WHERE input_file_name() = 'x'",
        "SELECT * FROM VALUES (reflect('java.lang.System', 'exit', 0))",
        "SELECT SUM(a) OVER w FROM t WINDOW w AS (ORDER BY reflect('java.lang.System', 'exit', 0))",
        "SELECT a FROM t ORDER BY reflect('java.lang.System', 'exit', 0)",
        "SELECT a FROM t LIMIT CAST(reflect('java.lang.System', 'exit', 0) AS INT)",
        "SELECT * FROM t LATERAL VIEW reflect('java.lang.System', 'exit', 0) x AS y",
        "WITH x AS (SELECT reflect('java.lang.System', 'exit', 0)) SELECT 1",
        "SELECT * FROM read_files('/etc/passwd')",
        "SELECT * FROM sql_keywords()",
        "SELECT IDENTIFIER('refl' || 'ect')('java.lang.System', 'exit', 0)",
        "SELECT system.builtin.reflect('java.lang.System', 'exit', 0)",
        "SELECT spark_catalog.default.sum(a) FROM t",
        "SELECT a FROM t WHERE b = :x",
        "SELECT transform(l, x -> reflect('java.lang.System', 'exit', x)) FROM t"
      })
  void whatCallsAFunctionThatIsNotAllowedIsRefused(String sql) {
    assertThatThrownBy(() -> look(sql)).isInstanceOf(RefusedSqlException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT TRANSFORM(a) USING 'tee /tmp/x' AS (b) FROM t",
        "SELECT * FROM (SELECT TRANSFORM(a) USING 'tee /tmp/x' AS (b) FROM t)",
        "SELECT a FROM t WHERE a IN (SELECT TRANSFORM(a) USING 'tee /tmp/x' AS (b) FROM t)",
        "FROM t MAP a USING 'tee /tmp/x' AS b",
        "SELECT /*+ REPARTITION(100000) */ a FROM t",
        "SET",
        "SET spark.sql.shuffle.partitions = 100000",
        "SET TIME ZONE 'UTC'",
        "RESET",
        "ADD JAR '/tmp/x.jar'",
        "ADD FILE '/etc/passwd'",
        "LIST FILES",
        "CREATE TEMPORARY VIEW v AS SELECT 1",
        "CREATE VIEW v AS SELECT * FROM text.`/etc/passwd`",
        "CREATE TABLE x USING parquet LOCATION '/tmp/x' AS SELECT 1",
        "CREATE FUNCTION f AS 'x.Y' USING JAR '/tmp/x.jar'",
        "CREATE TEMPORARY FUNCTION f AS 'x.Y'",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT 1",
        "INSERT INTO t SELECT 1",
        "DROP VIEW t",
        "DELETE FROM t",
        "CACHE TABLE t",
        "REFRESH TABLE t",
        "REFRESH '/tmp'",
        "ANALYZE TABLE t COMPUTE STATISTICS",
        "EXPLAIN SELECT * FROM t",
        "DESCRIBE EXTENDED t",
        "SHOW CREATE TABLE t",
        "SHOW TBLPROPERTIES t",
        "DECLARE VARIABLE x INT",
        "SET VAR x = 1",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "BEGIN SELECT 1; END",
        "CALL x.y()",
        "USE es",
        "LOAD DATA INPATH '/x' INTO TABLE t",
        "MSCK REPAIR TABLE t"
      })
  void whatDoesMoreThanReadIsRefused(String sql) {
    assertThatThrownBy(() -> look(sql)).isInstanceOf(RefusedSqlException.class);
  }
}
