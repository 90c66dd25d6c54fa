package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import io.recupero.plan.Inputs;
import io.recupero.plan.Since;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From what was known to what is known, one cause after the other, of the customers of whom
 * anything changed that counts by a day.
 *
 * <p>Between two causes the books may say what never was, such as money on an invoice that is not
 * there yet: only the sum of all steps is a state that anybody knew.
 */
final class Worlds {

  private static final String CUSTOMER = "customer_id";

  private final Since since;
  private final Dataset<Row> news;
  private final Dataset<Row> invoices;
  private final LocalDate last;

  /** Looks at what counts by a day. */
  Worlds(Since since, LocalDate last) {
    this.since = since;
    this.news = news(since).where(until("effective_on", last));
    this.invoices =
        since
            .added(MartJob.INVOICES)
            .orElseGet(
                () ->
                    since
                        .now()
                        .read(MartJob.INVOICES)
                        .exceptAll(since.before().read(MartJob.INVOICES)));
    this.last = last;
  }

  /** Returns what to add to the ledger as it was, so that it says what it says now. */
  private static Dataset<Row> news(Since since) {
    Optional<Dataset<Row>> added = since.added(MartJob.LEDGER);
    if (added.isPresent()) {
      return added.get();
    }
    // It was made anew: what was recorded before others that were there makes it say otherwise.
    Dataset<Row> before = since.before().read(MartJob.LEDGER);
    Dataset<Row> now = since.now().read(MartJob.LEDGER);
    return now.exceptAll(before)
        .unionByName(
            before.exceptAll(now).withColumn("amount", expr("CAST(-amount AS DECIMAL(18, 4))")));
  }

  /**
   * What a cause changed.
   *
   * @param changes the rows to add to each mart
   */
  record Step(Cause cause, Map<String, Dataset<Row>> changes) {}

  /** Returns the steps in order, those causes left out that nothing is known of. */
  List<Step> steps(Marts marts) {
    Dataset<Row> moved = otherAttributes();
    Dataset<Row> corrected = corrected();
    Dataset<Row> touched =
        since
            .now()
            .shared(news.select(CUSTOMER).unionByName(moved).unionByName(corrected).distinct());
    if (touched.isEmpty()) {
      return List.of();
    }
    MartInputs before = of(since.before(), touched);
    MartInputs now = of(since.now(), touched);
    Dataset<Row> told =
        since.now().shared(Cause.told(since, only(news, touched), before.ledger(), invoices));
    Dataset<Row> invoicesThen =
        with(before.invoices(), now.invoices(), List.of("invoice_id", CUSTOMER));
    Dataset<Row> attributesThen = with(before.attributes(), ofNewCustomers(now), List.of(CUSTOMER));
    Set<String> causes =
        told.select("cause").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());

    List<Step> steps = new ArrayList<>();
    MartInputs world = new MartInputs(before.ledger(), invoicesThen, attributesThen);
    for (Cause cause : Cause.values()) {
      if (causes.contains(cause.id())) {
        Dataset<Row> own = told.where("cause = '" + cause.id() + "'").drop("cause");
        MartInputs next =
            new MartInputs(world.ledger().unionByName(own), invoicesThen, attributesThen);
        steps.add(new Step(cause, marts.difference(world, next)));
        world = next;
      }
    }
    if (!corrected.isEmpty()) {
      MartInputs next = new MartInputs(world.ledger(), now.invoices(), attributesThen);
      steps.add(new Step(Cause.CORRECTION, marts.difference(world, next)));
      world = next;
    }
    if (!moved.isEmpty()) {
      MartInputs next = new MartInputs(world.ledger(), now.invoices(), now.attributes());
      steps.add(new Step(Cause.ATTRIBUTE_CHANGE, marts.difference(world, next)));
    }
    return steps;
  }

  private MartInputs of(Inputs inputs, Dataset<Row> touched) {
    return new MartInputs(
        since
            .now()
            .shared(only(inputs.read(MartJob.LEDGER).where(until("effective_on", last)), touched)),
        since.now().shared(only(inputs.read(MartJob.INVOICES), touched)),
        since.now().shared(only(inputs.read(MartJob.ATTRIBUTES), touched)));
  }

  /** Returns the customers who have other attributes than before, on a day that counts. */
  private Dataset<Row> otherAttributes() {
    Dataset<Row> before = MartJob.attributes(since.before()).where(until("valid_from", last));
    Dataset<Row> now = MartJob.attributes(since.now()).where(until("valid_from", last));
    Dataset<Row> known = since.before().read(MartJob.LEDGER).select(CUSTOMER);
    return since
        .now()
        .shared(
            now.exceptAll(before)
                .select(CUSTOMER)
                .unionByName(before.exceptAll(now).select(CUSTOMER))
                .distinct()
                .join(known, on(List.of(CUSTOMER)), "left_semi"));
  }

  /** A customer that owed before without attributes has had none: those that come are a change. */
  private Dataset<Row> ofNewCustomers(MartInputs now) {
    Dataset<Row> known = since.before().read(MartJob.LEDGER).select(CUSTOMER).distinct();
    return now.attributes().join(known, on(List.of(CUSTOMER)), "left_anti");
  }

  /** Returns the customers of invoices that were known, and of which a record has come. */
  private Dataset<Row> corrected() {
    Dataset<Row> known = since.before().read(MartJob.INVOICES).select("invoice_id", CUSTOMER);
    Dataset<Row> again =
        known.join(
            broadcast(invoices.select("invoice_id").distinct()),
            on(List.of("invoice_id")),
            "left_semi");
    Dataset<Row> now =
        invoices
            .select("invoice_id", CUSTOMER)
            .join(
                broadcast(again.select("invoice_id").distinct()),
                on(List.of("invoice_id")),
                "left_semi");
    return since.now().shared(again.select(CUSTOMER).unionByName(now.select(CUSTOMER)).distinct());
  }

  /** Returns the first rows, and of the second those whose keys the first lack. */
  private static Dataset<Row> with(Dataset<Row> first, Dataset<Row> second, List<String> keys) {
    String[] names = keys.subList(1, keys.size()).toArray(String[]::new);
    return first.unionByName(
        second.join(first.select(keys.get(0), names).distinct(), on(keys), "left_anti"));
  }

  private static Dataset<Row> only(Dataset<Row> rows, Dataset<Row> touched) {
    return rows.join(broadcast(touched), on(List.of(CUSTOMER)), "left_semi")
        .select(
            Arrays.stream(rows.columns())
                .map(rows::col)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static String until(String date, LocalDate last) {
    return "(" + date + " IS NULL OR " + date + " <= DATE'" + last + "')";
  }

  private static scala.collection.immutable.Seq<String> on(List<String> columns) {
    return scala.jdk.javaapi.CollectionConverters.asScala(columns).toSeq();
  }
}
