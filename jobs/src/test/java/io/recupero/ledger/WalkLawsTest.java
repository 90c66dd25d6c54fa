package io.recupero.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold for every history, however its records arrive. */
class WalkLawsTest {

  @Property(tries = 400)
  @Label("the books known at any moment are those of a walk over what was known then")
  void anyEarlierView(@ForAll("histories") List<DocumentRow> history) {
    List<LedgerEvent> events = walk(history);
    for (long known : history.stream().mapToLong(DocumentRow::knownAt).distinct().toArray()) {
      List<DocumentRow> then =
          history.stream().filter(row -> row.knownAt() <= known).map(row -> at(row, 0)).toList();
      assertThat(net(events, known)).as("known at " + known).isEqualTo(net(walk(then), 0));
    }
  }

  @Property(tries = 200)
  @Label("the order of arrival and a replay change nothing")
  void orderOfArrival(@ForAll("histories") List<DocumentRow> history, @ForAll Random random) {
    List<DocumentRow> shuffled = new ArrayList<>(history);
    Collections.shuffle(shuffled, random);
    assertThat(walk(shuffled)).containsExactlyElementsOf(walk(history));
  }

  @Property(tries = 400)
  @Label("no invoice and no fund is ever below zero, on either clock")
  void neverBelowZero(@ForAll("histories") List<DocumentRow> history) {
    List<LedgerEvent> events = walk(history);
    for (long known : history.stream().mapToLong(DocumentRow::knownAt).distinct().toArray()) {
      Map<String, TreeMap<Integer, Long>> changes = new HashMap<>();
      for (LedgerEvent event : events) {
        if (event.knownAt() <= known && event.kind().movesBalance()) {
          String account =
              event.invoiceId() != null
                  ? event.invoiceId()
                  : event.customerId() + event.currency() + event.sourceId();
          changes
              .computeIfAbsent(account, a -> new TreeMap<>())
              .merge(event.effectiveDay(), event.amount(), Long::sum);
        }
      }
      changes.forEach(
          (account, days) -> {
            long balance = 0;
            for (Map.Entry<Integer, Long> day : days.entrySet()) {
              balance += day.getValue();
              assertThat(balance).as(account + " on " + day.getKey()).isNotNegative();
            }
          });
    }
  }

  @Property(tries = 600)
  @Label("cash is applied, recovered, waiting or given back; reversals take that much from it")
  void cashIsConserved(@ForAll("histories") List<DocumentRow> history) {
    Map<String, Long> left = new HashMap<>();
    for (LedgerEvent event : walk(history)) {
      boolean waits = event.invoiceId() == null;
      long amount =
          switch (event.kind()) {
            // on an invoice cash takes away; what is given back leaves what waits
            case CASH -> waits ? event.amount() : -event.amount();
            case WRITE_OFF_RECOVERY -> event.amount();
            // what waits less is given back, and where it is owed again it is no longer
            case REFUND -> waits ? 0 : -event.amount();
            default -> 0;
          };
      left.merge(event.sourceId(), amount, Long::sum);
    }
    Map<String, Long> received = new HashMap<>();
    for (DocumentRow row : history) {
      if (row.kind().equals("payment")) {
        received.merge(row.id(), row.amount(), Long::sum);
      }
      if (row.kind().equals("payment_reversal")) {
        boolean restores = row.id().startsWith("PRR") && !row.id().startsWith("PRRR");
        String payment = row.id().replaceFirst("PR+(\\d+).*", "P$1");
        received.merge(payment, restores ? row.amount() : -row.amount(), Long::sum);
      }
    }
    received.forEach(
        (payment, amount) ->
            assertThat(left.getOrDefault(payment, 0L)).as(payment).isEqualTo(amount));
  }

  private static List<LedgerEvent> walk(List<DocumentRow> history) {
    List<LedgerEvent> events = new ArrayList<>();
    List<Document> documents = new ArrayList<>();
    history.forEach(row -> documents.add(Documents.of(row)));
    Walk.over(documents, true).forEachRemaining(events::add);
    return events;
  }

  /** What the events known until then add up to, by what they are about. */
  private static Map<String, Long> net(List<LedgerEvent> events, long knownAt) {
    Map<String, Long> net = new TreeMap<>();
    for (LedgerEvent event : events) {
      if (event.knownAt() <= knownAt) {
        String about =
            event.kind()
                + "|"
                + event.invoiceId()
                + "|"
                + event.customerId()
                + "|"
                + event.sourceId()
                + "|"
                + event.effectiveDay();
        net.merge(about, event.amount(), Long::sum);
      }
    }
    net.values().removeIf(amount -> amount == 0);
    return net;
  }

  private static DocumentRow at(DocumentRow row, long knownAt) {
    return new DocumentRow(
        row.kind(),
        row.id(),
        row.customerId(),
        row.currency(),
        row.invoiceId(),
        row.refersTo(),
        row.day(),
        row.dueDay(),
        row.amount(),
        row.otherAmount(),
        row.planId(),
        knownAt);
  }

  @Provide
  Arbitrary<List<DocumentRow>> histories() {
    return Arbitraries.randomValue(WalkLawsTest::history);
  }

  /** A customer who pays for another one too, with some of everything, learned late or at once. */
  private static List<DocumentRow> history(Random random) {
    List<DocumentRow> rows = new ArrayList<>();
    int invoices = 1 + random.nextInt(5);
    for (int i = 0; i < invoices; i++) {
      int day = random.nextInt(20);
      String customer = random.nextInt(4) == 0 ? "D" : "C";
      rows.add(
          row(random, "invoice", "F" + i, customer, "F" + i, null, day, day + random.nextInt(9)));
    }
    int payments = random.nextInt(5);
    for (int p = 0; p < payments; p++) {
      DocumentRow payment =
          row(random, "payment", "P" + p, "C", null, null, random.nextInt(25), Integer.MIN_VALUE);
      rows.add(payment);
      long left = payment.amount();
      for (int i = 0; i < invoices && left > 0; i++) {
        if (random.nextInt(3) == 0) {
          long part = 1 + (long) (random.nextDouble() * left);
          left -= part;
          int day = random.nextBoolean() ? Integer.MIN_VALUE : random.nextInt(25);
          rows.add(
              new DocumentRow(
                  "application",
                  "P" + p + "|F" + i,
                  "C",
                  "CLP",
                  "F" + i,
                  "P" + p,
                  Integer.MIN_VALUE,
                  day,
                  part,
                  part,
                  null,
                  known(random)));
        }
      }
      if (random.nextInt(3) == 0) {
        addReversals(random, rows, payment, "PR" + p);
      }
    }
    String[] kinds = {
      "interest",
      "penalty",
      "credit_note",
      "discount",
      "write_off",
      "withholding",
      "write_off_recovery"
    };
    int adjustments = random.nextInt(5);
    for (int a = 0; a < adjustments; a++) {
      String invoice = "F" + random.nextInt(invoices);
      String kind = kinds[random.nextInt(kinds.length)];
      DocumentRow adjustment =
          row(
              random,
              kind,
              "A" + a,
              "C",
              kind.equals("credit_note") && random.nextInt(4) == 0 ? null : invoice,
              null,
              random.nextInt(25),
              Integer.MIN_VALUE);
      rows.add(adjustment);
      if (random.nextInt(3) == 0) {
        addReversals(random, rows, adjustment, "AR" + a);
      }
    }
    for (int r = 0; r < 2 && random.nextInt(2) == 0; r++) {
      String named = random.nextBoolean() ? "P" + random.nextInt(1 + payments) : null;
      rows.add(
          row(random, "refund", "D" + r, "C", null, named, random.nextInt(25), Integer.MIN_VALUE));
    }
    return rows;
  }

  /** Reversals of parts of a document, and now and then a reversal of those and of that again. */
  private static void addReversals(
      Random random, List<DocumentRow> rows, DocumentRow of, String id) {
    String kind = of.kind().startsWith("payment") ? "payment_reversal" : "adjustment_reversal";
    long left = of.amount();
    for (int i = 0; left > 0 && (i == 0 || random.nextInt(3) == 0); i++) {
      long amount = random.nextBoolean() ? left : 1 + (long) (random.nextDouble() * left);
      left -= amount;
      DocumentRow reversal =
          new DocumentRow(
              kind,
              id + "-" + i,
              of.customerId(),
              of.currency(),
              of.invoiceId(),
              of.id(),
              of.day() + random.nextInt(6),
              Integer.MIN_VALUE,
              amount,
              amount,
              null,
              known(random));
      rows.add(reversal);
      if (!id.contains("RRR") && random.nextInt(3) == 0) {
        String next = id.charAt(0) + "R" + id.substring(1) + "-" + i;
        addReversals(random, rows, reversal, next);
      }
    }
  }

  private static DocumentRow row(
      Random random,
      String kind,
      String id,
      String customer,
      String invoice,
      String refersTo,
      int day,
      int dueDay) {
    long amount = 1 + random.nextInt(20);
    return new DocumentRow(
        kind,
        id,
        customer,
        "CLP",
        invoice,
        refersTo,
        day,
        dueDay,
        amount,
        amount,
        null,
        known(random));
  }

  private static long known(Random random) {
    return random.nextInt(6);
  }
}
