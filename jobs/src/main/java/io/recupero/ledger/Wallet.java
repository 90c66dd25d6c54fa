package io.recupero.ledger;

import java.util.TreeSet;

/** One customer's open invoices and waiting money in one currency, each in the order of use. */
final class Wallet {

  final TreeSet<Account> open = new TreeSet<>(Account::byAge);
  final TreeSet<Fund> waiting = new TreeSet<>(Fund::byDate);
}
