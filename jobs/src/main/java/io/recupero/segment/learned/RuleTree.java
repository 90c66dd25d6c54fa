package io.recupero.segment.learned;

import io.recupero.contract.Text;
import io.recupero.rules.Span;
import io.recupero.segment.SegmentRule;
import io.recupero.segment.SegmentVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A decision tree that tells groups apart by their features, as rules that people read. */
final class RuleTree {

  /** Deeper trees are not read any more. */
  static final int DEEPEST = 5;

  /** A rule for fewer customers than this share is not worth reading. */
  private static final double LEAST_SHARE = 0.005;

  private static final int MOST_LIMITS = 128;

  private final Node root;
  private final List<Dimension> dimensions;

  private RuleTree(Node root, List<Dimension> dimensions) {
    this.root = root;
    this.dimensions = dimensions;
  }

  /**
   * Grows a tree.
   *
   * @param customers with the column {@code plain} of points and {@code label}, their group
   */
  static RuleTree grow(Dataset<Row> customers, List<Dimension> dimensions, long seed) {
    long all = customers.count();
    DecisionTreeClassificationModel model =
        new DecisionTreeClassifier("segments_tree")
            .setFeaturesCol("plain")
            .setLabelCol("label")
            .setMaxDepth(DEEPEST)
            .setMaxBins(MOST_LIMITS)
            .setMinInstancesPerNode((int) Math.max(1, LEAST_SHARE * all))
            .setSeed(seed)
            .fit(customers);
    return new RuleTree(model.rootNode(), dimensions);
  }

  /**
   * Returns the tree down to a depth as first-match rules, the segment with most conditions last:
   * it takes what is left.
   *
   * @param ids of the segments, by group
   * @param names likewise
   */
  SegmentVersion rules(int depth, List<String> ids, List<Text> names) {
    Map<Integer, List<List<String>>> byCluster = new TreeMap<>();
    for (Leaf leaf : leaves(root, depth, Map.of())) {
      byCluster.computeIfAbsent(leaf.cluster(), it -> new ArrayList<>()).add(leaf.conditions());
    }
    List<Integer> order = new ArrayList<>(byCluster.keySet());
    order.sort(Comparator.comparingInt(it -> conditions(byCluster.get(it))));
    List<SegmentRule> rules = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      int cluster = order.get(i);
      boolean last = i == order.size() - 1;
      rules.add(
          new SegmentRule(
              ids.get(cluster),
              names.get(cluster),
              last ? Optional.empty() : Optional.of(anyOf(byCluster.get(cluster))),
              Optional.empty()));
    }
    return new SegmentVersion(
        new Span(Optional.empty(), Optional.empty()), SegmentVersion.Match.FIRST, rules);
  }

  /** Returns how many conditions rules have: what a reader has to read. */
  static int conditions(SegmentVersion rules) {
    return rules.rules().stream()
        .flatMap(rule -> rule.when().stream())
        .mapToInt(when -> when.split(" AND | OR ").length)
        .sum();
  }

  private static int conditions(List<List<String>> leaves) {
    return leaves.stream().mapToInt(List::size).sum();
  }

  private static String anyOf(List<List<String>> leaves) {
    List<String> each =
        leaves.stream()
            .map(it -> it.isEmpty() ? "TRUE" : String.join(" AND ", it))
            .map(it -> leaves.size() > 1 ? "(" + it + ")" : it)
            .toList();
    return String.join(" OR ", each);
  }

  private List<Leaf> leaves(Node node, int depth, Map<Dimension, double[]> limits) {
    if (depth > 0 && node instanceof InternalNode inner && !isOne(inner, depth)) {
      ContinuousSplit split = (ContinuousSplit) inner.split();
      Dimension dimension = dimensions.get(split.featureIndex());
      List<Leaf> leaves =
          new ArrayList<>(
              leaves(
                  inner.leftChild(),
                  depth - 1,
                  Leaf.within(limits, dimension, Double.NEGATIVE_INFINITY, split.threshold())));
      leaves.addAll(
          leaves(
              inner.rightChild(),
              depth - 1,
              Leaf.within(limits, dimension, split.threshold(), Double.POSITIVE_INFINITY)));
      return leaves;
    }
    return List.of(new Leaf((int) node.prediction(), limits));
  }

  /** Returns whether all below says the same group: then nothing is split. */
  private static boolean isOne(InternalNode node, int depth) {
    return below(node, depth).size() == 1;
  }

  private static java.util.Set<Double> below(Node node, int depth) {
    java.util.Set<Double> clusters = new java.util.TreeSet<>();
    if (depth > 0 && node instanceof InternalNode inner) {
      clusters.addAll(below(inner.leftChild(), depth - 1));
      clusters.addAll(below(inner.rightChild(), depth - 1));
    } else {
      clusters.add(node.prediction());
    }
    return clusters;
  }
}
