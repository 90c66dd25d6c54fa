package io.recupero.ledger;

/**
 * What an auditor should look at in a movement; the contract {@code gold.findings} has the texts.
 */
public enum LedgerFinding {
  BEYOND_BALANCE("beyond_balance"),
  APPLICATION_BEYOND_PAYMENT("application_beyond_payment"),
  REFUND_BEYOND_UNAPPLIED_CASH("refund_beyond_unapplied_cash"),
  REVERSAL_BEYOND_ORIGINAL("reversal_beyond_original"),
  RECOVERED_TWICE("recovered_twice?");

  private final String id;

  LedgerFinding(String id) {
    this.id = id;
  }

  /** Returns the id that {@code ledger.events.finding} has. */
  public String id() {
    return id;
  }
}
