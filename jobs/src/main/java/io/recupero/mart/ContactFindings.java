package io.recupero.mart;

import io.recupero.compliance.Finding;
import io.recupero.compliance.MissingFact;
import io.recupero.contract.Contracts;
import io.recupero.mart.MartWalker.Role;
import io.recupero.walk.GroupWalk;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the contact rules say of every outbound contact: {@code gold.contact_findings}. A row a
 * contact and rule broken, or fact that is missing; one without either where all is well.
 */
final class ContactFindings implements GroupWalk.Walker {

  static final String TABLE = "gold.contact_findings";

  private final DebtorRows debtors;
  private final Attributes nobody;

  ContactFindings(Walked walked) {
    this.debtors = new DebtorRows(walked);
    this.nobody = debtors.attributes.nothing;
  }

  static StructType schema() {
    return Contracts.load().contract(TABLE).schema();
  }

  @Override
  public void row(InternalRow row) {
    debtors.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    Debtor debtor = debtors.end()[Role.NOW.ordinal()];
    if (debtor == null) {
      return;
    }
    for (Finding finding : debtor.dossier.findings(debtor)) {
      Contact contact = debtor.dossier.contact(debtor, finding.contactId()).orElseThrow();
      List<String> reasons =
          finding.missing().isEmpty()
              ? finding.rules()
              : finding.missing().stream().map(MissingFact::code).toList();
      if (reasons.isEmpty()) {
        out.accept(row(debtor, contact, finding, null));
      }
      reasons.forEach(reason -> out.accept(row(debtor, contact, finding, reason)));
    }
  }

  private InternalRow row(Debtor debtor, Contact contact, Finding finding, String reason) {
    Attributes who = debtor.attributesAt(contact.day(), nobody);
    Line line = contact.line(debtor.lines);
    String[] made = contact.who();
    return new GenericInternalRow(
        new Object[] {
          text(contact.id()),
          debtor.customerId.clone(),
          contact.day(),
          contact.startedMicros(),
          text(line.portfolio()),
          text(who.segment()),
          text(who.country()),
          text(line.currency()),
          text(made[0]),
          text(made[1]),
          text(made[2]),
          text(made[3]),
          text(finding.verdict().code()),
          text(reason),
          finding.presumed()
        });
  }

  private static UTF8String text(String text) {
    return Optional.ofNullable(text).map(UTF8String::fromString).orElse(null);
  }
}
