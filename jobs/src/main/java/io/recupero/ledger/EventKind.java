package io.recupero.ledger;

import java.util.Locale;

/**
 * What an event of the ledger is, and so by which way an amount enters or leaves a balance.
 *
 * <p>A reversal is an event of the same kind with the opposite sign.
 */
public enum EventKind {
  INVOICE(Exit.NONE),
  DEBIT_NOTE(Exit.NONE),
  INSTALMENT(Exit.NONE),
  INTEREST(Exit.NONE),
  PENALTY(Exit.NONE),
  /** Money received and applied; on the unapplied account, money received and not yet applied. */
  CASH(Exit.PAID),
  /** Tax the debtor pays to the authority for the creditor: paid, but no cash received. */
  WITHHOLDING(Exit.PAID),
  CREDIT_NOTE(Exit.CREDITED),
  DISCOUNT(Exit.CREDITED),
  /** What a credit note left over, used on another invoice; never cash. */
  CREDIT(Exit.CREDITED),
  WRITE_OFF(Exit.WRITTEN_OFF),
  /** A credit note of a payment agreement: its instalments take over what it takes away. */
  RESTRUCTURED(Exit.RESTRUCTURED),
  /** Cash after a write-off: reported apart, the balance does not move. */
  WRITE_OFF_RECOVERY(Exit.NONE),
  /** Unapplied cash given back. */
  REFUND(Exit.NONE);

  /** The four ways out of a balance, as roll matrix and days to recover name them. */
  public enum Exit {
    NONE,
    PAID,
    CREDITED,
    WRITTEN_OFF,
    RESTRUCTURED;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** Returns the name in tables and files, such as {@code written_off}. */
    public String id() {
      return id;
    }
  }

  private final Exit exit;
  private final String id = name().toLowerCase(Locale.ROOT);

  EventKind(Exit exit) {
    this.exit = exit;
  }

  /** Returns the name in tables and files, such as {@code credit_note}. */
  public String id() {
    return id;
  }

  /** Returns the way out of the balance that this kind is, {@link Exit#NONE} for charges. */
  public Exit exit() {
    return exit;
  }

  /**
   * Returns whether there is money behind it, which waits again when it is taken off an invoice.
   */
  boolean hasMoney() {
    return this == CASH || this == CREDIT || this == CREDIT_NOTE || this == RESTRUCTURED;
  }

  /** Returns whether events of this kind change what is owed. */
  public boolean movesBalance() {
    return this != WRITE_OFF_RECOVERY;
  }

  /**
   * Returns the kind of that name.
   *
   * @throws IllegalArgumentException if no kind has that name
   */
  public static EventKind of(String id) {
    for (EventKind kind : values()) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("Invalid kind of ledger event: " + id);
  }
}
