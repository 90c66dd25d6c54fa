package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Who must be walked together. Nearly every customer is a party of its own; customers that pay each
 * other's invoices are one, because the payer's cash depends on the other's balance.
 */
final class Parties {

  private static final StructType MEMBERS =
      new StructType()
          .add("member", DataTypes.StringType, false)
          .add("of_party", DataTypes.StringType, false);

  private Parties() {}

  /** Puts the party in front of every document. */
  static Dataset<Row> assign(Dataset<Row> documents) {
    Dataset<Row> payments =
        documents
            .where("kind = 'application' AND payer_id <> customer_id")
            .selectExpr("payer_id AS a", "customer_id AS b");
    // A corrected invoice can also move from one customer to another.
    Dataset<Row> corrections =
        documents
            .where("kind IN ('invoice', 'debit_note', 'instalment')")
            .groupBy("id")
            .agg(min("customer_id").as("a"), max("customer_id").as("b"))
            .where("a <> b")
            .select("a", "b");
    Map<String, String> parties = new HashMap<>();
    payments
        .unionAll(corrections)
        .distinct()
        .collectAsList()
        .forEach(row -> unite(parties, row.getString(0), row.getString(1)));
    Dataset<Row> withParty = withParty(documents, parties);
    return withParty.select(
        col("party"),
        col("kind"),
        col("id"),
        col("customer_id"),
        col("currency"),
        col("invoice_id"),
        col("refers_to"),
        col("day"),
        col("due_day"),
        col("amount"),
        col("other_amount"),
        col("plan_id"),
        col("known_at"));
  }

  private static Dataset<Row> withParty(Dataset<Row> documents, Map<String, String> parties) {
    if (parties.isEmpty()) {
      return documents.withColumn("party", col("payer_id"));
    }
    List<Row> members =
        parties.keySet().stream()
            .map(member -> RowFactory.create(member, root(parties, member)))
            .toList();
    Dataset<Row> roots = documents.sparkSession().createDataFrame(members, MEMBERS);
    return documents
        .join(broadcast(roots), col("payer_id").equalTo(col("member")), "left")
        .withColumn("party", coalesce(col("of_party"), col("payer_id")));
  }

  private static void unite(Map<String, String> parties, String a, String b) {
    String rootA = root(parties, a);
    String rootB = root(parties, b);
    // The smaller name leads, so that the party does not depend on the order of the payments.
    String leader = rootA.compareTo(rootB) <= 0 ? rootA : rootB;
    parties.put(rootA, leader);
    parties.put(rootB, leader);
    parties.putIfAbsent(a, leader);
    parties.putIfAbsent(b, leader);
  }

  private static String root(Map<String, String> parties, String member) {
    String at = member;
    String above = parties.getOrDefault(at, at);
    while (!above.equals(at)) {
      at = above;
      above = parties.getOrDefault(at, at);
    }
    return at;
  }
}
