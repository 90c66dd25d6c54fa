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

  @Property(tries = 400)
  @Label("cash applied, waiting and refunded is the cash received; nothing more, nothing less")
  void cashIsConserved(@ForAll("histories") List<DocumentRow> history) {
    Map<String, Long> left = new HashMap<>();
    Map<String, Long> refunded = new HashMap<>();
    for (LedgerEvent event : walk(history)) {
      if (event.kind() == EventKind.REFUND) {
        refunded.merge(event.sourceId(), -event.amount(), Long::sum);
      }
      // On an invoice cash takes away, on the unapplied account it waits: received = waiting -
      // taken.
      if (event.kind() == EventKind.CASH || event.kind() == EventKind.REFUND) {
        boolean gone = event.invoiceId() != null || event.kind() == EventKind.REFUND;
        left.merge(event.sourceId(), gone ? -event.amount() : 0, Long::sum);
        left.merge(event.sourceId(), event.invoiceId() == null ? event.amount() : 0, Long::sum);
      }
    }
    Map<String, Long> received = new HashMap<>();
    for (DocumentRow row : history) {
      if (row.kind().equals("payment")) {
        received.put(row.id(), row.amount());
      }
    }
    for (DocumentRow row : history) {
      if (row.kind().equals("payment_reversal")) {
        // What was given back before the cheque bounced stays given back.
        received.put(row.refersTo(), refunded.getOrDefault(row.refersTo(), 0L));
      }
    }
    left.forEach(
        (payment, amount) ->
            assertThat(amount).as(payment).isEqualTo(received.getOrDefault(payment, 0L)));
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
      if (random.nextInt(4) == 0) {
        rows.add(
            new DocumentRow(
                "payment_reversal",
                "PR" + p,
                "C",
                "CLP",
                null,
                "P" + p,
                payment.day() + random.nextInt(9),
                Integer.MIN_VALUE,
                payment.amount(),
                payment.amount(),
                null,
                known(random)));
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
          row(random, kind, "A" + a, "C", invoice, null, random.nextInt(25), Integer.MIN_VALUE);
      rows.add(adjustment);
      if (random.nextInt(3) == 0) {
        rows.add(
            row(
                random,
                "adjustment_reversal",
                "AR" + a,
                "C",
                invoice,
                "A" + a,
                adjustment.day() + random.nextInt(6),
                Integer.MIN_VALUE));
      }
    }
    if (random.nextInt(3) == 0) {
      rows.add(row(random, "refund", "R0", "C", null, null, random.nextInt(25), Integer.MIN_VALUE));
    }
    return rows;
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
