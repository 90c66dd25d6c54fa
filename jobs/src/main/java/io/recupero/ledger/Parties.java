package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Who must be walked together. Nearly every customer is a party of its own; customers that pay each
 * other's invoices are one, because the payer's cash depends on the other's balance. So are those
 * between whom a correction moved a record.
 */
final class Parties {

  private static final StructType MEMBERS =
      new StructType()
          .add("member", DataTypes.StringType, false)
          .add("of_party", DataTypes.StringType, false);

  /** Of each member but the leader, one that is nearer to the leader. */
  private final Map<String, String> above = new HashMap<>();

  private Parties() {}

  /** Finds the parties of more than one customer. */
  static Parties of(Optional<Dataset<Row>> applications, Corrections corrections) {
    Parties parties = new Parties();
    applications.ifPresent(
        frame ->
            frame
                .where("payer_id <> owner_id")
                .select("payer_id", "owner_id")
                .distinct()
                .collectAsList()
                .forEach(row -> parties.unite(row.getString(0), row.getString(1))));
    corrections
        .moved()
        .values()
        .forEach(moved -> moved.forEach(record -> parties.unite(record.customers())));
    return parties;
  }

  /** Puts the party in front of every document; the customer is null where it is the party. */
  Dataset<Row> assign(Dataset<Row> documents) {
    return withParty(documents, "payer_id")
        .selectExpr(
            "party",
            "kind",
            "id",
            "NULLIF(customer_id, party) AS customer_id",
            "currency",
            "invoice_id",
            "refers_to",
            "day",
            "due_day",
            "amount",
            "other_amount",
            "plan_id",
            "known_at");
  }

  /** Returns the parties of customers, each once, as the column {@code of_interest}. */
  Dataset<Row> of(Dataset<Row> customers) {
    return withParty(customers, "customer_id").select(col("party").as("of_interest")).distinct();
  }

  /** Returns the rows whose customer is of one of some parties. */
  Dataset<Row> only(Dataset<Row> rows, Dataset<Row> parties) {
    return withParty(rows, "customer_id")
        .join(broadcast(parties), col("party").equalTo(col("of_interest")), "left_semi")
        .select(Stream.of(rows.columns()).map(functions::col).toArray(Column[]::new));
  }

  private Dataset<Row> withParty(Dataset<Row> documents, String customer) {
    if (above.isEmpty()) {
      return documents.withColumn("party", col(customer));
    }
    List<Row> members =
        above.keySet().stream().map(member -> RowFactory.create(member, leader(member))).toList();
    Dataset<Row> roots = documents.sparkSession().createDataFrame(members, MEMBERS);
    return documents
        .join(broadcast(roots), col(customer).equalTo(col("member")), "left")
        .withColumn("party", coalesce(col("of_party"), col(customer)))
        .drop("member", "of_party");
  }

  private void unite(List<String> customers) {
    customers.stream().skip(1).forEach(customer -> unite(customers.get(0), customer));
  }

  private void unite(String a, String b) {
    String leaderOfA = leader(a);
    String leaderOfB = leader(b);
    // The smaller name leads, so that the party does not depend on the order of the payments.
    String leader = leaderOfA.compareTo(leaderOfB) <= 0 ? leaderOfA : leaderOfB;
    above.put(leaderOfA, leader);
    above.put(leaderOfB, leader);
  }

  private String leader(String member) {
    String at = member;
    String next = above.getOrDefault(at, at);
    while (!next.equals(at)) {
      at = next;
      next = above.getOrDefault(at, at);
    }
    return at;
  }
}
