package io.recupero.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.recupero.TestSpark;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL from outside may say, and what it may not however it is written. */
class OutsideSqlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concat_ws(' ', a, upper(trim(b)))",
        "try_cast(replace(a, ',', '.') AS DECIMAL(18, 2))",
        "CASE WHEN a LIKE 'x%' THEN 1 WHEN b IS NULL THEN 2 ELSE NULL END",
        "EXTRACT(YEAR FROM d) + date_part('month', d) - INTERVAL 2 DAYS",
        "TRIM(BOTH 'x' FROM a) || substring(a FROM 2 FOR 3) || position('x' IN a)",
        "aggregate(filter(split(a, ' '), w -> length(w) > n), 0, (s, w) -> s + length(w))",
        "a BETWEEN 1 AND 2 AND b NOT IN ('x', 'y') AND c RLIKE '^[0-9]+$' AND NOT d <=> e",
        "original.amount % 2 = 1 AND parts[0] > 3 AND m['k'] = 'v'",
        "SUM(IF(x > 0, amount, 0)) FILTER (WHERE y) / NULLIF(COUNT(DISTINCT z), 0)",
        "ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC)",
        "DATE'2026-01-31'",
        "a::INT"
      })
  void whatPeopleNeedIsAllowed(String text) {
    assertThat(SqlExpression.parse(text).refusals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect('java.lang.Runtime', 'getRuntime')",
        "JAVA_METHOD('java.lang.System', 'getenv', 'HOME')",
        "`java_method`('java.lang.System', 'nanoTime')",
        "try_reflect('java.lang.System', 'nanoTime')",
        "system.builtin.java_method('java.lang.System', 'nanoTime')",
        "IDENTIFIER('java_method')('java.lang.System', 'nanoTime')",
        "IDENTIFIER('java_' || 'method')('java.lang.System', 'nanoTime')",
        "transform(array(1), x -> java_method('java.lang.System', 'nanoTime'))",
        "CASE WHEN a THEN concat(b, reflect('java.lang.System', 'nanoTime')) END",
        "SUM(a) FILTER (WHERE reflect('java.lang.System', 'nanoTime') > '1')",
        "SUM(a) OVER (PARTITION BY reflect('java.lang.System', 'nanoTime'))",
        "a IN (SELECT value FROM text.`/etc/passwd`)",
        "(SELECT max(value) FROM text.`/etc/passwd`)",
        "EXISTS (SELECT 1)",
        "xpath_string(a, 'b')",
        "from_xml(a, 'b STRING')",
        "raise_error(a)",
        "assert_true(a)",
        "input_file_name()",
        "current_user()",
        "session_user()",
        "version()",
        "current_database()",
        "uuid()",
        "rand()",
        "now()",
        "from_avro(a, '{}')",
        "from_protobuf(a, 'M', '/etc/passwd')",
        "no_such_function(a)",
        ":name",
        "?"
      })
  void whatRunsCodeOrReadsElsewhereIsRefused(String text) {
    assertThat(SqlExpression.parse(text).refusals()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a RLIKE '(a+)+$'",
        "regexp_like(a, '(a*)*b')",
        "regexp_replace(a, '([a-z]+)*x', '')",
        "regexp_extract(a, '(?:a|aa)+$', 0)",
        "regexp_extract_all(a, '(a{1,5}){2,}b')",
        "regexp_count(a, '((a+)b?)+$')",
        "split(a, '(x+x+)+y')",
        "split(a, '(?x)(a +) +b')",
        "str_to_map(a, '(a+)+', ':')",
        "parse_url(a, 'QUERY', '(a+)+')",
        "a RLIKE '^(a+)\\\\1+$'",
        "a RLIKE '.*.*.*.*.*.*x'",
        "a RLIKE '\\\\w*[a-z]*a*[^0-9]*.{1,99}\\\\p{L}*x'",
        "a RLIKE concat('(a+', ')+$')",
        "regexp_replace(a, b, '')",
        "a RLIKE '('",
        "a LIKE '%a%a%a%a%a%a%'",
        "a LIKE ANY ('x', '%a%a%a%a%a%a%')",
        "a LIKE repeat('%a', 20)",
        "repeat('x', 2000000000)",
        "repeat('x', n)",
        "repeat('x', '2000000000')",
        "repeat(repeat('x', 10000), 10000)",
        "replace(repeat('x', 1000000), 'x', 'xxxxxxxxxx')",
        "lpad(a, 2000000000, 'x')",
        "rpad(a, 1000 * 1000 * 1000, 'x')",
        "space(2000000000)",
        "array_repeat(a, 2000000000)",
        "array_insert(array(1), 2000000000, 1)",
        "format_number(a, 2000000000)",
        "format_string('%2000000000d', 1)",
        "printf(a, 1)",
        "stack(2000000000, a)",
        "approx_count_distinct(a, 0.000001)",
        "sequence(1, 1000000000)",
        "sequence(-1000000000, 1)",
        "sequence(1, n)",
        "sequence(a, b, INTERVAL 1 SECOND)",
        "transform(sequence(1, 1000000), x -> sequence(1, 1000000))"
      })
  void whatOneRowCouldWaitForIsRefused(String text) {
    assertThat(SqlExpression.parse(text).refusals()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a RLIKE '^ *([0-9]+) *[-/] *([0-9]+) *$'",
        "regexp_replace(a, '[^0-9,.-]', '')",
        "regexp_extract(a, '^(?:ES)?([A-Z][0-9]{7}[0-9A-J])$', 1)",
        "a RLIKE '^[0-9]{1,3}([.][0-9]{3})*(,[0-9]+)?$'",
        "regexp_extract(a, '(?i)(factura|fra)[. ]*(?<n>[0-9]+)', 2)",
        "split(a, '[|;]')[0]",
        "split(a, '\\\\.')",
        "lower(a) LIKE lower('%S.L.%') OR a ILIKE 'x_%' ESCAPE '/' OR a LIKE ANY ('x%', '%y')",
        "lpad(a, 10, '0') || rpad(b, 8) || space(2)",
        "repeat('*', length(a) - 4)",
        "repeat('*', least(n, 40))",
        "transform(sequence(0, size(l) - 1), i -> l[i])",
        "explode(sequence(1, least(n, 600)))",
        "sequence(d, add_months(d, 12), INTERVAL 1 MONTH)",
        "sequence(d, e, INTERVAL '1' DAY)",
        "format_string('%05d', n)"
      })
  void whatIsLimitedIsAllowed(String text) {
    assertThat(SqlExpression.parse(text).refusals()).isEmpty();
  }

  @Test
  void rowsOfNothingHaveALimitToo() {
    assertThat(SqlQuery.parse("SELECT * FROM range(1000000000)", Set.of()).refusals())
        .singleElement()
        .asString()
        .startsWith("it calls range without a limit to its end. Write a number up to 1048576");
    assertThat(
            SqlQuery.parse(
                    "SELECT * FROM t LATERAL VIEW explode(sequence(1, 1000000000)) x AS y",
                    Set.of())
                .refusals())
        .isNotEmpty();
    assertThat(
            SqlQuery.parse("SELECT * FROM t LATERAL VIEW stack(2000000000, 1) x AS y", Set.of())
                .refusals())
        .isNotEmpty();
    assertThat(SqlQuery.parse("SELECT * FROM range(0, 100)", Set.of()).refusals()).isEmpty();
  }

  @Test
  void aRefusalSaysWhatAndAMisspeltNameGetsTheNearest() {
    assertThat(SqlExpression.parse("java_method(a)").refusals())
        .singleElement()
        .asString()
        .startsWith("it calls java_method, which is not among the functions allowed here");
    assertThat(SqlExpression.parse("date_ad(a, 1)").refusals())
        .containsExactly("there is no function date_ad. Did you mean date_add?");
  }

  @Test
  void functionsWithoutParenthesesCountAsColumnsThatAreNotThere() {
    assertThat(SqlExpression.parse("current_user").columns()).containsExactly("current_user");
    assertThat(SqlExpression.parse("transform(a, x -> concat(x, session_user))").columns())
        .containsExactly("a", "session_user");
  }

  @Test
  void columnsAreKnownWithTheirAggregates() {
    SqlExpression parsed =
        SqlExpression.parse("SUM(a) / n + curve(o.b)", Set.of("curve"), Set.of("curve"));
    assertThat(parsed.columns()).containsExactly("a", "n", "o.b");
    assertThat(parsed.heads()).containsExactly("a", "n", "o");
    assertThat(parsed.outside()).containsExactly("n");
    assertThat(parsed.aggregates()).isTrue();
    assertThat(SqlExpression.parse("a + 1").aggregates()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT TRANSFORM (a) USING 'tee /tmp/x' AS (b) FROM t",
        "FROM t SELECT TRANSFORM (*) USING 'tee /tmp/x'",
        "WITH x AS (SELECT TRANSFORM (a) USING 'cat' AS (b) FROM t) SELECT * FROM x",
        "SELECT * FROM t WHERE a IN (SELECT TRANSFORM (a) USING 'cat' AS (b) FROM t)",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY reflect('java.lang.System', 'nanoTime'))",
        "SELECT * FROM t LATERAL VIEW java_method('a', 'b') v AS x",
        "SELECT * FROM sql_keywords()",
        "SELECT * FROM python_worker_logs()",
        "SELECT * FROM IDENTIFIER('text.`/etc/passwd`')",
        "SELECT * FROM t WITH ('path' = '/etc/passwd')",
        "SELECT * FROM STREAM t",
        "SELECT * FROM t VERSION AS OF 1",
        "INSERT INTO t SELECT 1",
        "CREATE TEMPORARY VIEW v USING text OPTIONS (path '/etc/passwd')",
        "CREATE TEMPORARY FUNCTION f AS 'x'",
        "ADD JAR '/tmp/x.jar'",
        "SET a = b",
        "CACHE TABLE t AS SELECT 1",
        "DESCRIBE t",
        "EXPLAIN SELECT 1",
        "BEGIN SELECT 1; END",
        "EXECUTE IMMEDIATE 'SELECT 1'"
      })
  void nothingButAPlainQueryIsAllowed(String text) {
    // The session's parser knows commands that the other takes for no SQL at all.
    ParserInterface parser =
        ((org.apache.spark.sql.classic.SparkSession) TestSpark.session())
            .sessionState()
            .sqlParser();
    assertThat(SqlQuery.parse(text, parser, Set.of()).refusals()).isNotEmpty();
  }

  @Test
  void aQueryNamesWhatItReads() {
    SqlQuery query =
        SqlQuery.parse(
            "WITH c AS (SELECT * FROM a) SELECT * FROM C JOIN b USING (id)"
                + " WHERE EXISTS (SELECT 1 FROM gold.d) UNION ALL SELECT * FROM explode(array(1))",
            Set.of());
    assertThat(query.refusals()).isEmpty();
    assertThat(query.relations())
        .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("gold", "d"));
  }

  @Test
  void aPathIsATableWhateverAWithIsCalled() {
    SqlQuery query =
        SqlQuery.parse(
            "WITH `text./etc/passwd` AS (SELECT 1) SELECT * FROM text.`/etc/passwd`", Set.of());
    assertThat(query.relations()).containsExactly(List.of("text", "/etc/passwd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a +", "concat(a", "a b c", ""})
  void whatIsNoSqlIsSaidInOneLine(String text) {
    assertThatThrownBy(() -> SqlExpression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(1);
  }

  @Test
  void textsThatAreTooLongOrTooDeepAreRefusedAndNoCrash() {
    assertThatThrownBy(() -> SqlExpression.parse("a" + " + a".repeat(50_000)))
        .hasMessageContaining("100000 characters");
    String deep = "(".repeat(30_000) + "a" + ")".repeat(30_000);
    assertThatThrownBy(() -> SqlExpression.parse(deep))
        .hasMessageContaining("nested more than 100");
    String flat = "(".repeat(100) + "a" + ")".repeat(100);
    assertTimeout(Duration.ofSeconds(20), () -> SqlExpression.parse(flat));
  }

  @Test
  void theAnalyzedPlanIsHeldAgainstTheSame() {
    SparkSession spark = TestSpark.session();
    spark.range(2).toDF("n").createOrReplaceTempView("gate_allowed");
    spark.range(2).toDF("n").createOrReplaceTempView("gate_other");
    assertThat(refusals("SELECT sum(n) FROM gate_allowed WHERE n IN (SELECT n FROM gate_allowed)"))
        .isEmpty();
    assertThat(
            refusals(
                "WITH c AS (SELECT *, rank() OVER (ORDER BY n) r FROM gate_allowed)"
                    + " SELECT * FROM c JOIN (VALUES (1)) v(x) ON x = n CROSS JOIN range(3)"))
        .isEmpty();
    assertThat(refusals("SELECT * FROM gate_allowed, gate_other"))
        .containsExactly("it reads gate_other, which is not among its tables.");
    assertThat(refusals("SELECT * FROM gate_allowed WHERE n IN (SELECT n FROM gate_other)"))
        .containsExactly("it reads gate_other, which is not among its tables.");
    assertThat(refusals("SELECT current_user FROM gate_allowed"))
        .singleElement()
        .asString()
        .startsWith("it calls current_user");
    assertThat(refusals("SELECT transform(array('a'), x -> session_user) FROM gate_allowed"))
        .isNotEmpty();
  }

  private static List<String> refusals(String sql) {
    return SqlQuery.refusals(TestSpark.session().sql(sql), Set.of("gate_allowed"));
  }

  @Test
  void variablesOfTheMachineAreNotPutIntoTexts() {
    assertThat(TestSpark.session().sql("SELECT '${env:PATH}'").head().getString(0))
        .isEqualTo("${env:PATH}");
  }
}
