package io.recupero.sql;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Lets SQL from outside read, and nothing else: tables and functions are those allowed, and every
 * kind of step is one that reads.
 *
 * <p>A parsed statement is looked at before Spark resolves it, since resolving reads files ({@code
 * text.`/etc/passwd`}) and evaluates constants; an analyzed one after, when what names mean is
 * known. All lists are of what is allowed, so that a new kind of step of Spark opens no door.
 */
public final class SqlGate {

  private final Predicate<String> tables;
  private final Set<String> functions;

  /**
   * Takes what is allowed.
   *
   * @param tables whether a table may be read, by its name in lower case with dots between its
   *     parts
   * @param functions names in lower case beside those of {@link AllowedFunctions}
   */
  public SqlGate(Predicate<String> tables, Set<String> functions) {
    this.tables = tables;
    this.functions = Set.copyOf(functions);
  }

  /**
   * Checks a statement that Spark has parsed and not looked at any further.
   *
   * @throws RefusedSqlException where it may do more than read what is allowed
   */
  public void parsed(LogicalPlan statement) {
    Parsed parsed = new Parsed(statement, functions, Set.of());
    refuse(parsed.refusals);
    parsed.relations.forEach(name -> table(String.join(".", name)));
  }

  /**
   * Checks a query whose names are resolved: its rows come from allowed views, whatever those read
   * in turn.
   *
   * @throws RefusedSqlException where they come from elsewhere too, or a function is not allowed
   */
  public void analyzed(LogicalPlan plan) {
    refuse(SqlQuery.refusals(plan, name -> tables.test(name.toLowerCase(Locale.ROOT))));
  }

  /** Throws where a table of that name may not be read. */
  public void table(String name) {
    if (!tables.test(name.toLowerCase(Locale.ROOT))) {
      throw new RefusedSqlException(
          "Cannot read "
              + name
              + ": it is none of the tables that this SQL may read. Files and paths never are.");
    }
  }

  private static void refuse(Collection<String> refusals) {
    if (!refusals.isEmpty()) {
      throw new RefusedSqlException("Cannot run this statement: " + String.join(" ", refusals));
    }
  }
}
