package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.ledger.EventKind;
import io.recupero.mart.MartWalker.Role;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** Customers come out of packs as they went in. */
final class PacksTest {

  private static final Walked WALKED =
      new Walked(20_000, 19_990, ZoneOffset.UTC, Lookups.nothing(ZoneOffset.UTC));

  private final PackWriter writer = new PackWriter(WALKED);
  private final List<InternalRow> packs = new ArrayList<>();

  @Test
  void everythingOfACustomerComesOutAsItWentIn() {
    row(
        DebtorRows.ATTRIBUTES,
        Role.NOW,
        "c-ñ",
        null,
        texts("a", "CL", null, null, "large"),
        18_000);
    row(DebtorRows.ATTRIBUTES, Role.NOW, "c-ñ", null, texts("b", "CL", null, null, "large"), null);
    invoice(Role.NOW, "c-ñ", "i-1", 19_800, -40, 3_000_000L);
    invoice(Role.NOW, "c-ñ", "i-2", null, null, null);
    event(Role.NOW, "c-ñ", "i-1", "cash", -700_000, 19_820, 19_819);
    event(Role.NOW, "c-ñ", "i-1", "debit_note", 7_000_000, 19_790, null);
    event(Role.NOW, "c-ñ", null, "cash", -990_000, 19_830, null);
    work(Role.NOW, "c-ñ", "d-1", new String[] {"i-1", null, "ñandú"}, new Long[] {null, -5L});
    end();

    Debtor debtor = only(read()).get(0);

    assertThat(debtor.customerId).hasToString("c-ñ");
    assertThat(debtor.zone).isEqualTo(ZoneOffset.UTC);
    assertThat(debtor.versions())
        .extracting(Debtor.Version::fromDay)
        .containsExactly(Integer.MIN_VALUE, 18_000);
    assertThat(debtor.versions())
        .extracting(it -> it.attributes().segment())
        .containsExactly("b", "a");
    assertThat(debtor.versions().get(0).attributes().region()).isNull();
    assertThat(debtor.receivables).hasSize(2);
    Receivable first = debtor.receivable("i-1");
    assertThat(first.debtor).isSameAs(debtor);
    assertThat(first.line.currency()).isEqualTo("CLP");
    assertThat(first.line.portfolio()).isNull();
    assertThat(first.documentKind).isEqualTo(EventKind.DEBIT_NOTE);
    assertThat(List.of(first.issueDay, first.dueDay)).containsExactly(19_790, -40);
    assertThat(first.knownAt).isEqualTo(-77L);
    assertThat(first.offer).isEqualTo(new Receivable.Offer(19_800, 300));
    assertThat(first.events)
        .containsExactly(
            new Receivable.Event(EventKind.DEBIT_NOTE, 42L, 19_790, Integer.MIN_VALUE, 3, 700),
            new Receivable.Event(EventKind.CASH, 42L, 19_820, 19_819, 3, -70));
    assertThat(debtor.receivable("i-2").offer).isNull();
    Receivable waiting = debtor.unapplied.values().iterator().next();
    assertThat(waiting.isUnapplied()).isTrue();
    assertThat(waiting.events).extracting(Receivable.Event::amount).containsExactly(-99L);
    WorkRecord dispute = debtor.dossier.of(WorkRows.DISPUTE, 1).get(0);
    assertThat(dispute.texts()).containsExactly("i-1", null, "ñandú");
    assertThat(dispute.numbers()).containsExactly(null, -5L);
  }

  @Test
  void rolesOfACustomerStayApart() {
    invoice(Role.BEFORE, "c", "i-1", null, 5, null);
    invoice(Role.NOW, "c", "i-1", null, 6, null);
    end();
    invoice(Role.STANDING, "d", "i-2", null, 7, null);
    end();

    List<Debtor[]> customers = read();

    assertThat(customers).hasSize(2);
    assertThat(customers.get(0)[Role.NOW.ordinal()].receivable("i-1").dueDay).isEqualTo(6);
    assertThat(customers.get(0)[Role.BEFORE.ordinal()].receivable("i-1").dueDay).isEqualTo(5);
    assertThat(customers.get(0)[Role.STANDING.ordinal()]).isNull();
    assertThat(customers.get(1)[Role.NOW.ordinal()]).isNull();
    assertThat(customers.get(1)[Role.STANDING.ordinal()].receivable("i-2").dueDay).isEqualTo(7);
  }

  @Test
  void eachPackIsReadAloneAndNoneIsLost() {
    for (int customer = 0; customer < 4_000; customer++) {
      row(
          DebtorRows.ATTRIBUTES,
          Role.NOW,
          "c" + customer,
          null,
          texts("s" + customer % 7, "CL", null, null, null),
          1);
      invoice(Role.NOW, "c" + customer, "i" + customer, null, customer, null);
      end();
    }

    List<Debtor> debtors = only(read());

    assertThat(packs).hasSizeGreaterThan(2);
    assertThat(debtors).hasSize(4_000);
    for (int customer = 0; customer < 4_000; customer++) {
      Debtor debtor = debtors.get(customer);
      assertThat(debtor.customerId).hasToString("c" + customer);
      assertThat(debtor.versions().get(0).attributes().segment()).isEqualTo("s" + customer % 7);
      assertThat(debtor.receivable("i" + customer).dueDay).isEqualTo(customer);
    }
    PackReader lastAlone = new PackReader(WALKED, List.of(packs.get(packs.size() - 1)).iterator());
    assertThat(lastAlone.next()[0].versions().get(0).attributes().country()).isEqualTo("CL");
  }

  private List<Debtor> only(List<Debtor[]> customers) {
    return customers.stream().map(roles -> roles[Role.NOW.ordinal()]).toList();
  }

  private List<Debtor[]> read() {
    take(writer.collected(true));
    List<Debtor[]> customers = new ArrayList<>();
    new PackReader(WALKED, packs.iterator()).forEachRemaining(customers::add);
    return customers;
  }

  private void end() {
    writer.endOfGroup(row -> {});
    take(writer.collected(false));
  }

  private void take(Iterator<InternalRow> rows) {
    rows.forEachRemaining(packs::add);
  }

  private void invoice(
      Role role, String customer, String id, Integer offerUntil, Integer due, Long offer) {
    take(
        role,
        customer,
        DebtorRows.INVOICE,
        texts("CLP", null, "loan", "debit_note", null),
        id,
        19_790,
        due == null ? 19_850 : due,
        offerUntil,
        offer,
        -77L,
        null,
        null);
  }

  private void event(
      Role role, String customer, String invoice, String kind, long amount, int day, Integer paid) {
    take(
        role,
        customer,
        DebtorRows.EVENT,
        texts(invoice == null ? "CLP" : null, kind, null, null, null),
        invoice,
        day,
        paid,
        3,
        amount,
        42L,
        null,
        null);
  }

  private void work(Role role, String customer, String id, String[] texts, Long[] numbers) {
    take(
        role,
        customer,
        DebtorRows.WORK,
        texts(null, null, null, null, null),
        id,
        WorkRows.DISPUTE,
        null,
        null,
        null,
        9L,
        texts,
        numbers);
  }

  private void row(int kind, Role role, String customer, String id, String[] texts, Integer day) {
    take(role, customer, kind, texts, id, day, null, null, null, 0L, null, null);
  }

  /** The columns of {@link MartRows}. */
  private void take(
      Role role,
      String customer,
      int kind,
      String[] texts,
      String id,
      Integer n0,
      Integer n1,
      Integer n2,
      Long amount,
      long knownAt,
      String[] words,
      Long[] numbers) {
    List<Object> columns = new ArrayList<>();
    columns.add(UTF8String.fromString(customer));
    columns.add(DebtorRows.code(kind, role));
    for (String text : texts) {
      columns.add(UTF8String.fromString(text));
    }
    columns.add(UTF8String.fromString(id));
    columns.add(n0);
    columns.add(n1);
    columns.add(n2);
    columns.add(amount == null ? null : Decimal.createUnsafe(amount, 18, 4));
    columns.add(knownAt);
    columns.add(words == null ? null : array(words));
    columns.add(numbers == null ? null : new GenericArrayData(numbers));
    writer.row(new GenericInternalRow(columns.toArray()));
  }

  private static GenericArrayData array(String[] words) {
    Object[] texts = new Object[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = UTF8String.fromString(words[i]);
    }
    return new GenericArrayData(texts);
  }

  private static String[] texts(String... texts) {
    return texts;
  }
}
