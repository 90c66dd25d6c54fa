package io.recupero.segment.learned;

import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Text;
import io.recupero.segment.SegmentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well rules say what was found, by depth: the share of customers that they give the segment of
 * their group, as written, with rounded limits.
 */
final class Fidelity {

  /** What is enough: deeper rules are not looked for. */
  static final double ENOUGH = 0.95;

  private static final int FOLDS = 5;
  private static final int SHALLOWEST = 2;
  private static final String FOLD = "PMOD(XXHASH64(customer_id, 'fold'), " + FOLDS + ")";

  private final List<Depth> depths;

  private Fidelity(List<Depth> depths) {
    this.depths = depths;
  }

  /**
   * The rules of a depth.
   *
   * @param inSample share of the customers that the rules were made of, 0 to 1
   * @param outOfSample share of customers that rules made of others give their group: five times,
   *     each time of four fifths for the rest
   */
  record Depth(int depth, SegmentVersion rules, double inSample, double outOfSample) {}

  /**
   * Measures.
   *
   * @param customers with features, {@code plain} and {@code label}
   * @param ids of the segments, by group
   */
  static Fidelity of(
      Dataset<Row> customers,
      List<Dimension> dimensions,
      List<String> ids,
      List<Text> names,
      long seed) {
    RuleTree whole = RuleTree.grow(customers, dimensions, seed);
    List<RuleTree> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(RuleTree.grow(customers.where(FOLD + " <> " + fold), dimensions, seed));
    }
    List<Column> shares = new ArrayList<>();
    for (int depth = SHALLOWEST; depth <= RuleTree.DEEPEST; depth++) {
      shares.add(share(whole.rules(depth, ids, names).segment()));
      StringBuilder outside = new StringBuilder("CASE " + FOLD);
      for (int fold = 0; fold < FOLDS; fold++) {
        String segment = folds.get(fold).rules(depth, ids, names).segment();
        outside.append(" WHEN ").append(fold).append(" THEN ").append(segment);
      }
      shares.add(share(outside + " END"));
    }
    String named =
        "ELEMENT_AT(ARRAY("
            + ids.stream().map(SqlText::literal).collect(Collectors.joining(", "))
            + "), CAST(label AS INT) + 1)";
    Row found =
        customers
            .withColumn("group_id", expr(named))
            .agg(shares.get(0), shares.subList(1, shares.size()).toArray(Column[]::new))
            .first();
    List<Depth> depths = new ArrayList<>();
    for (int depth = SHALLOWEST; depth <= RuleTree.DEEPEST; depth++) {
      int at = 2 * (depth - SHALLOWEST);
      depths.add(
          new Depth(
              depth, whole.rules(depth, ids, names), found.getDouble(at), found.getDouble(at + 1)));
    }
    return new Fidelity(depths);
  }

  private static Column share(String segment) {
    return expr("AVG(IF(" + segment + " = group_id, 1D, 0D))");
  }

  List<Depth> depths() {
    return depths;
  }

  /** Returns the shallowest rules that are enough; where none are, the best. */
  Depth chosen() {
    return depths.stream()
        .filter(it -> it.outOfSample() >= ENOUGH)
        .findFirst()
        .orElseGet(
            () ->
                depths.stream()
                    .reduce((a, b) -> b.outOfSample() > a.outOfSample() ? b : a)
                    .orElseThrow());
  }
}
