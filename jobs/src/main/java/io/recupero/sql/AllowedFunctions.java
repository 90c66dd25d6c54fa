package io.recupero.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions that SQL from outside may call: a list of names, because a list of what is
 * forbidden would let through what Spark's next version adds.
 */
public final class AllowedFunctions {

  private static final Set<String> NAMES = read();
  private static final Set<String> REFUSED_CLASSES = refusedClasses();

  private AllowedFunctions() {}

  /** Returns the names, in lower case and in order; operators are among them. */
  public static Set<String> names() {
    return NAMES;
  }

  /** Returns whether a function of that name, in whatever case, may be called. */
  public static boolean has(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns whether an expression is the work of one of Spark's functions that may not be called.
   * The name is gone from an analyzed plan, and some functions, such as {@code current_user}, are
   * written without parentheses.
   */
  public static boolean refuses(Expression expression) {
    return REFUSED_CLASSES.contains(expression.getClass().getName());
  }

  private static Set<String> read() {
    try (InputStream in = AllowedFunctions.class.getResourceAsStream("functions.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .flatMap(line -> java.util.Arrays.stream(line.strip().split(" +")))
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(TreeSet::new), java.util.Collections::unmodifiableSet));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the list of functions", e);
    }
  }

  private static Set<String> refusedClasses() {
    Set<String> allowed = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    for (FunctionIdentifier function :
        CollectionConverters.asJava(FunctionRegistry.builtin().listFunction())) {
      (has(function.funcName()) ? allowed : refused)
          .add(FunctionRegistry.builtin().lookupFunction(function).get().getClassName());
    }
    refused.removeAll(allowed);
    return Set.copyOf(refused);
  }
}
