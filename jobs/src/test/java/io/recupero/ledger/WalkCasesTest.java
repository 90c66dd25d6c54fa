package io.recupero.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people book and how it ends, worked by hand. A record is {@code kind id day amount}, and
 * after that what it names: of an invoice its due day, of all others an invoice or what it goes
 * back to. Each story is walked in several orders of arrival.
 *
 * <p>Expected: each balance, {@code ?} what waits, {@code !} what was recovered of a write-off.
 */
class WalkCasesTest {

  private static final String STORIES =
      """
      # a reduction counts when its invoice is there; nothing goes to the older one
      credit early: invoice B 1 60 9, invoice A 5 100 20, credit_note N 2 100 A | 4: B 60 | 5: A 0, B 60
      discount early: invoice A 5 100 20, discount N 2 10 A | 5: A 90
      withheld early: invoice A 5 100 20, withholding N 2 15 A | 5: A 85
      write-off early: invoice A 5 100 20, write_off N 2 100 A | 5: A 0
      taken back before it counted: invoice A 5 100 20, discount N 2 10 A, reverse N1 3 10 N | 9: A 100
      # automatically allocated cash makes room first, though it came first
      released: invoice A 1 100 9, pay P 2 40, pay Q 3 60, apply Q 3 60 A, withholding W 5 30 A, invoice B 5 50 30 | 5: A 0, B 20
      released, last applied: invoice A 1 100 9, pay P 2 40, apply P 2 40 A, pay Q 3 60, apply Q 3 60 A, discount W 5 70 A, \
      reverse X 6 60 Q | 5: A 0, ? 70 | 6: A 0, ? 10
      # customer credit is not released; 25 are cut
      credit stays: invoice A 1 100 9, invoice B 1 50 9, credit_note N 2 75 B, discount W 5 100 A | 5: A 0, B 0
      discount twice: invoice A 1 100 9, pay P 2 100, apply P 2 100 A, discount W 5 100 A, discount V 6 10 A | 6: A 0, ? 100
      # a write-off is cut; what is reversed of it is what it did
      cut: invoice A 1 100 9, pay P 2 30, apply P 2 30 A, write_off W 5 100 A, reverse R 6 100 W | 5: A 0 | 6: A 70
      part of what was cut: invoice A 1 100 9, pay P 2 30, apply P 2 30 A, write_off W 5 100 A, reverse R 6 40 W | 6: A 10
      # cash for a written-off invoice
      recovered: invoice A 1 400 9, invoice B 5 600 30, write_off W 3 400 A, pay P 6 150, apply P 6 150 A | 6: A 0, B 600, !A 150
      more than was lost: invoice A 1 400 9, write_off W 3 400 A, pay P 6 500, apply P 6 500 A | 6: A 0, !A 400, ? 100
      what is left: invoice A 1 400 9, write_off W 3 400 A, write_off_recovery V 4 300 A, pay P 6 150, apply P 6 150 A | 6: A 0, !A 400, ? 50
      closed by cash: invoice A 1 400 9, write_off W 3 250 A, pay P 6 200, apply P 6 200 A | 6: A 0, ? 50
      kept back: invoice A 1 400 9, pay P 2 100, apply P 6 100 A, write_off W 3 400 A | 3: A 0, ? 100 | 6: A 0, !A 100
      written off after all: invoice A 1 400 9, write_off W 3 400 A, pay P 6 150, apply P 6 150 A, reverse R 8 400 W \
      | 7: !A 150 | 8: A 250
      owed again in part: invoice A 1 400 9, write_off W 3 400 A, pay P 6 150, apply P 6 150 A, reverse R 8 100 W | 8: A 0, !A 50
      same day: invoice A 1 400 9, write_off W 3 400 A, pay P 6 150, apply P 6 150 A, reverse R 6 400 W | 6: A 250
      and lost again: invoice A 1 400 9, write_off W 3 400 A, pay P 6 150, apply P 6 150 A, reverse R 8 400 W, reverse S 9 400 R \
      | 8: A 250 | 9: A 0, !A 150
      the recovery bounced: invoice A 1 400 9, write_off W 3 400 A, pay P 6 150, apply P 6 150 A, reverse R 8 150 P | 8: A 0
      # reversals
      won: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 300 P, reverse S 7 300 R | 5: A 300 | 7: A 0
      lost again: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 300 P, reverse S 7 300 R, reverse T 8 300 S | 8: A 300
      in part: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 120 P | 4: A 120
      rest first: invoice A 1 100 9, invoice B 1 80 9, pay P 2 200, apply P 2 100 A, apply P 3 80 B, reverse R 4 50 P | 4: A 0, B 30
      two parts: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 120 P, reverse Q 5 180 P | 4: A 120 | 5: A 300
      beyond: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 120 P, reverse Q 5 300 P | 5: A 300
      on its day: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 2 120 P | 2: A 120
      to come: invoice A 1 300 9, pay P 2 300, apply P 6 300 A, reverse R 4 120 P, reverse S 5 120 R | 4: A 300, ? 180 | 6: A 0
      missed: invoice A 1 300 9, pay P 2 300, apply P 6 300 A, reverse R 4 300 P, reverse S 8 300 R | 6: A 300 | 8: A 0
      missed in part: invoice A 1 300 9, pay P 2 300, apply P 6 300 A, reverse R 4 100 P, reverse S 8 100 R | 6: A 100 | 8: A 0
      part of it won: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 300 P, reverse S 7 200 R | 7: A 100
      paid meanwhile: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 4 300 P, pay Q 5 300, reverse S 7 300 R | 7: A 0, ? 300
      all on one day: invoice A 1 300 9, pay P 2 300, apply P 2 300 A, reverse R 2 300 P, reverse S 2 300 R | 2: A 0
      credit back: invoice A 1 100 9, credit_note N 2 100 A, reverse R 2 100 N, reverse S 4 100 R | 3: A 100 | 4: A 0
      credit in part: invoice A 1 100 9, invoice B 1 50 9, credit_note N 2 130 A, reverse R 4 40 N | 3: B 20 | 4: A 10, B 50
      interest again: invoice A 1 100 9, interest I 2 10 A, pay P 3 110, apply P 3 110 A, reverse R 4 10 I, reverse S 5 10 R \
      | 4: A 0, ? 10 | 5: A 0
      interest in part: invoice A 1 100 9, interest I 2 10 A, reverse R 4 4 I | 4: A 106
      # refunds
      returned: invoice A 1 100 9, pay P 2 100, apply P 2 100 A, credit_note N 3 100 A, refund D 4 100, invoice B 5 80 9 | 4: A 0 | 5: B 80
      cash and credit: invoice A 1 100 9, pay P 2 130, apply P 2 100 A, credit_note N 3 70 A, refund D 4 100, invoice B 5 80 9 | 5: B 80
      named: invoice A 1 500 9, invoice B 1 700 9, pay P 2 500, apply P 2 500 A, pay Q 3 500, refund D 6 500 Q | 4: B 700, ? 500 | 6: B 700
      named in part: invoice B 1 700 9, pay Q 3 500, refund D 6 200 Q, refund E 7 100 Q | 4: B 500, ? 300 | 7: B 500
      of a payment to come: invoice B 1 700 9, pay Q 8 500, refund D 6 200 Q | 8: B 200
      too much: pay P 2 30, refund D 4 100, invoice B 5 80 9 | 4: | 5: B 80
      two of it: pay P 2 100, refund D 4 70, refund E 4 70 | 3: ? 100 | 4:
      kept back money: invoice A 1 100 9, pay P 2 100, apply P 6 100 A, refund D 4 50 P | 4: A 100, ? 100 | 6: A 0
      bounced: invoice A 1 100 9, pay P 2 150, apply P 2 100 A, refund D 3 50 P, reverse R 6 150 P | 4: A 0 | 6: A 100, D 50
      bounced in part: invoice A 1 100 9, pay P 2 150, apply P 2 100 A, refund D 3 50 P, reverse R 6 120 P | 6: A 100, D 20
      not bounced: invoice A 1 100 9, pay P 2 150, apply P 2 100 A, refund D 3 50 P, reverse R 6 150 P, reverse S 7 150 R | 7: A 0, D 0
      owed and paid: pay P 2 50, refund D 3 50, reverse R 6 50 P, pay Q 7 60 | 6: D 50 | 7: D 0, ? 10
      # credit of a customer
      no invoice: invoice A 1 100 9, credit_note N 2 130 - | 2: A 0, ? 30
      none at all: credit_note N 2 130 -, refund D 4 30, reverse R 5 130 N | 2: ? 130 | 4: ? 100 | 5: D 30
      """;

  static List<Arguments> stories() {
    List<Arguments> stories = new ArrayList<>();
    for (String line : STORIES.lines().filter(it -> !it.startsWith("#")).toList()) {
      String[] parts = line.split(": ", 2);
      stories.add(Arguments.of(parts[0], parts[1]));
    }
    return stories;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void endsAsWorkedByHand(String name, String story) {
    String[] parts = story.split("\\|");
    Random random = new Random(name.hashCode());
    for (int arrival = 0; arrival < 20; arrival++) {
      List<DocumentRow> rows = new ArrayList<>();
      for (String record : parts[0].trim().split(",\\s*")) {
        rows.add(row(record.split(" "), rows, arrival == 0 ? 0 : random.nextInt(5)));
      }
      Collections.shuffle(rows, random);
      List<Document> documents = new ArrayList<>(rows.stream().map(Documents::of).toList());
      List<LedgerEvent> events = new ArrayList<>();
      Walk.over(documents, true).forEachRemaining(events::add);
      for (int i = 1; i < parts.length; i++) {
        String[] expected = parts[i].trim().split(":", 2);
        int day = Integer.parseInt(expected[0]);
        TreeMap<String, Long> wanted = new TreeMap<>();
        for (String balance : expected[1].isBlank() ? new String[0] : expected[1].split(",")) {
          String[] fields = balance.trim().split(" ");
          wanted.put(fields[0], Long.parseLong(fields[1]));
        }
        wanted.values().removeIf(amount -> amount == 0);
        assertThat(balances(events, day)).as("day %d of %s", day, rows).isEqualTo(wanted);
      }
    }
  }

  private static TreeMap<String, Long> balances(List<LedgerEvent> events, int day) {
    TreeMap<String, Long> balances = new TreeMap<>();
    for (LedgerEvent event : events) {
      if (event.effectiveDay() <= day) {
        String of =
            event.invoiceId() == null
                ? "?"
                : (event.kind().movesBalance() ? "" : "!") + event.invoiceId();
        balances.merge(of, event.amount() / 10_000, Long::sum);
      }
    }
    balances.values().removeIf(amount -> amount == 0);
    return balances;
  }

  private static DocumentRow row(String[] of, List<DocumentRow> before, long knownAt) {
    String kind = of[0];
    String names = of.length > 4 ? of[4] : null;
    boolean isReversal = kind.equals("reverse");
    if (isReversal) {
      String type = origin(before, names).kind();
      kind = type.equals("payment") ? "payment_reversal" : "adjustment_reversal";
    }
    boolean isApplication = kind.equals("apply");
    boolean isInvoice = kind.equals("invoice");
    String refersTo = isReversal || kind.equals("refund") ? names : isApplication ? of[1] : null;
    String invoice = refersTo != null && !isApplication || isInvoice ? null : names;
    int day = Integer.parseInt(of[2]);
    long amount = Long.parseLong(of[3]) * 10_000;
    return new DocumentRow(
        kind.equals("pay") ? "payment" : isApplication ? "application" : kind,
        isApplication ? of[1] + "|" + names + "|" + day : of[1],
        "C",
        "CLP",
        "-".equals(invoice) ? null : invoice,
        refersTo,
        isApplication ? Integer.MIN_VALUE : day,
        isInvoice ? Integer.parseInt(names) : isApplication ? day : Integer.MIN_VALUE,
        amount,
        amount,
        null,
        knownAt);
  }

  private static DocumentRow origin(List<DocumentRow> rows, String id) {
    DocumentRow found = rows.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    return found.kind().endsWith("_reversal") ? origin(rows, found.refersTo()) : found;
  }
}
