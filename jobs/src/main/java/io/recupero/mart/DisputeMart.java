package io.recupero.mart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long disputes took, or have taken so far: {@code gold.dispute_daily}, the same way as {@link
 * RecoveryMart}: a closed one is a row with its days, an open one a row with the day it was opened.
 */
record DisputeMart() implements Mart {

  @Override
  public String table() {
    return "gold.dispute_daily";
  }

  @Override
  public Optional<String> needs() {
    return Optional.of("disputes");
  }

  @Override
  public Keys keys() {
    return Keys.wide("ended_by", "reason").and("days");
  }

  @Override
  public List<Part> parts() {
    return List.of(Part.count("dispute_count"));
  }

  @Override
  public List<? extends Item> items(Debtor debtor) {
    List<Item> items = new ArrayList<>();
    if (!debtor.dossier.isEmpty()) {
      for (Receivable receivable : debtor.receivables.values()) {
        Dispute.of(receivable).forEach(dispute -> items.add(new Case(receivable.line, dispute)));
      }
    }
    return items;
  }

  private record Case(Line line, Dispute dispute) implements Item {

    @Override
    public int firstDay() {
      return dispute.openedDay();
    }

    @Override
    public void changes(Days days) {
      days.add(dispute.openedDay());
      days.add(dispute.closedDay());
    }

    @Override
    public void contribute(int day, Contribution to) {
      if (day >= dispute.openedDay()) {
        boolean closed = dispute.isClosedOn(day);
        int opened = dispute.openedDay();
        String keys = Keys.join(closed ? "closed" : "open", dispute.reason());
        to.entry(keys, null, closed ? dispute.closedDay() - opened : opened)[0] = 1;
      }
    }
  }
}
