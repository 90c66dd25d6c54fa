package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;

import io.recupero.segment.Assigned.Rows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many contacts the treatments of two rule sets ask for in the next 30 days.
 *
 * <p>Due are the documents open at the as-of date whose due date plus the treatment's {@code
 * first_contact_day} falls in those days. Their first channel is tried once for each; the next once
 * for each that the ones before did not reach: contacts of channel k = due x (1 - r1) x ... x (1 -
 * r(k-1)), where r is the share of outbound attempts by a channel in the last 12 months that
 * reached the right party, 0 where it was never tried. Repetitions, and documents that will yet be
 * issued, are not in it.
 */
final class ContactVolumes {

  /** The days looked ahead. */
  static final int DAYS = 30;

  private static final String RIGHT_PARTY =
      "outcome IN ('right_party', 'promise', 'refusal', 'dispute', 'paid_already', 'callback')";

  private final Map<List<String>, Map<Integer, Long>> documents = new HashMap<>();
  private final Map<String, Double> reached;
  private final Map<String, SegmentVersion> rules = new TreeMap<>();

  /**
   * Counts documents by how far they are from their due date.
   *
   * @param today customers at the as-of date with their segments
   * @param open documents open then, as {@link Outcomes} gives them
   * @param reached by channel: the share (0 to 1) of attempts that reached the right party
   */
  ContactVolumes(
      Dataset<Row> today,
      Dataset<Row> open,
      Map<String, Double> reached,
      Optional<SegmentVersion> a,
      Optional<SegmentVersion> b) {
    this.reached = reached;
    a.ifPresent(version -> rules.put("a", version));
    b.ifPresent(version -> rules.put("b", version));
    open.select("customer_id", "as_of", "due_date")
        .join(today.select("customer_id", "segment_a", "segment_b"), "customer_id")
        .selectExpr("DATEDIFF(as_of, due_date) AS past", Assigned.BOTH)
        .groupBy("rules", "segment", "past")
        .count()
        .collectAsList()
        .forEach(
            row ->
                documents
                    .computeIfAbsent(
                        Arrays.asList(row.getString(0), row.getString(1)), it -> new HashMap<>())
                    .put(row.getInt(2), row.getLong(3)));
  }

  /** Returns by channel the share of outbound attempts that reached the right party. */
  static Map<String, Double> reached(Optional<Dataset<Row>> contacts, AsOf date) {
    Map<String, Double> reached = new HashMap<>();
    contacts.ifPresent(
        all ->
            all.where("known_at <= TIMESTAMP'" + date.known() + "'")
                .groupBy("contact_id")
                .agg(expr("MAX_BY(STRUCT(channel, direction, outcome, started_at), known_at) AS c"))
                .selectExpr("c.*")
                .where("COALESCE(direction, 'outbound') <> 'inbound'")
                .where(between(date.day()))
                .groupBy("channel")
                .agg(expr("AVG(IF(" + RIGHT_PARTY + ", 1.0D, 0.0D)) AS reached"))
                .collectAsList()
                .forEach(row -> reached.put(row.getString(0), row.getDouble(1))));
    return reached;
  }

  private static String between(LocalDate day) {
    return "DATE(started_at) > DATE'%s' AND DATE(started_at) <= DATE'%s'"
        .formatted(day.minusMonths(12), day);
  }

  /**
   * Returns a row a rule set, segment and channel, in the order in which channels are tried:
   * documents due for a first contact, and contacts by that channel. A segment whose treatment does
   * not say when or how has one row, with its open documents and no contacts (null).
   */
  ComparedTable contacts() {
    List<List<Object>> rows = new ArrayList<>();
    rules.forEach((set, version) -> version.rules().forEach(rule -> ofSegment(set, rule, rows)));
    return new ComparedTable(
        "contacts",
        List.of(
            "rules",
            "segment",
            "first_contact_day",
            "place",
            "channel",
            "open_documents",
            "due_documents",
            "reached_share",
            "contacts"),
        rows);
  }

  private void ofSegment(String set, SegmentRule rule, List<List<Object>> rows) {
    Map<Integer, Long> byPast = documents.getOrDefault(Arrays.asList(set, rule.id()), Map.of());
    long open = byPast.values().stream().mapToLong(Long::longValue).sum();
    Optional<Integer> first = rule.treatment().flatMap(Treatment::firstContactDay);
    List<String> channels = rule.treatment().map(Treatment::channels).orElse(List.of());
    if (first.isEmpty() || channels.isEmpty()) {
      rows.add(
          Arrays.asList(set, rule.id(), first.orElse(null), null, null, open, null, null, null));
      return;
    }
    long due =
        byPast.entrySet().stream()
            .filter(it -> it.getKey() < first.get() && it.getKey() + DAYS >= first.get())
            .mapToLong(Map.Entry::getValue)
            .sum();
    double left = due;
    for (int i = 0; i < channels.size(); i++) {
      double share = reached.getOrDefault(channels.get(i), 0.0);
      rows.add(
          Arrays.asList(
              set,
              rule.id(),
              first.get(),
              i + 1,
              channels.get(i),
              open,
              due,
              Rows.decimal(100 * share),
              Rows.decimal(left)));
      left *= 1 - share;
    }
  }

  /** Returns a row a channel: contacts by A, by B, and the difference. */
  ComparedTable change(ComparedTable contacts) {
    Map<String, double[]> byChannel = new LinkedHashMap<>();
    for (List<Object> row : contacts.rows()) {
      if (row.get(8) != null) {
        byChannel
                .computeIfAbsent((String) row.get(4), it -> new double[2])[
                row.get(0).equals("a") ? 0 : 1] +=
            ((Number) row.get(8)).doubleValue();
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    byChannel.forEach(
        (channel, of) ->
            rows.add(
                Arrays.asList(
                    channel,
                    Rows.decimal(of[0]),
                    Rows.decimal(of[1]),
                    Rows.decimal(of[1] - of[0]))));
    return new ComparedTable(
        "contact_change", List.of("channel", "contacts_a", "contacts_b", "change"), rows);
  }
}
