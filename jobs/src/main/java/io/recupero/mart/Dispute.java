package io.recupero.mart;

import java.util.List;

/** What a debtor disputes of a receivable, and from when to when. */
record Dispute(WorkRecord record) {

  static List<Dispute> of(Receivable receivable) {
    Dossier dossier = receivable.debtor.dossier;
    return dossier.isEmpty() || receivable.id == null
        ? List.of()
        : dossier.disputes(receivable.id.toString());
  }

  String reason() {
    return record.text(1);
  }

  int openedDay() {
    return record.day(0);
  }

  boolean isClosedOn(int day) {
    return record.has(1) && record.day(1) <= day;
  }

  int closedDay() {
    return record.day(1);
  }

  /** Returns the amount in minor units of a line; the whole balance where it does not say. */
  private long amount(Line line) {
    return record.has(2) ? record.number(2) / line.minorUnit : Long.MAX_VALUE;
  }

  /** Returns what is disputed of a balance at the close of a day, never more than all of it. */
  static long disputed(Receivable receivable, int day, long open) {
    long disputed = 0;
    for (Dispute dispute : of(receivable)) {
      if (dispute.openedDay() <= day && !dispute.isClosedOn(day)) {
        long left = open - disputed;
        disputed += Math.min(left, dispute.amount(receivable.line));
      }
    }
    return disputed;
  }

  static void changes(Receivable receivable, Days days) {
    for (Dispute dispute : of(receivable)) {
      days.add(dispute.openedDay());
      if (dispute.record.has(1)) {
        days.add(dispute.closedDay());
      }
    }
  }
}
