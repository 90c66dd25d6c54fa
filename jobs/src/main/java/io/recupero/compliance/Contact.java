package io.recupero.compliance;

import java.util.Objects;
import java.util.Set;

/**
 * An attempt to reach a debtor, or a contact that the debtor began.
 *
 * @param id the contact; of two at one instant the one with the lesser id comes first
 * @param startedMicros when it began, in microseconds since 1970-01-01 UTC
 * @param channel as in the contract of contacts: call, whatsapp, sms, email, ivr, letter, visit
 * @param outbound whether the creditor began it; only such contacts are judged
 * @param outcome as in the contract of contacts
 * @param invoiceId what it is about; null: no invoice, which is a debt of its own
 * @param consent whether the debtor agreed in writing to contact outside the permitted hours; null:
 *     nothing says so
 */
public record Contact(
    String id,
    long startedMicros,
    String channel,
    boolean outbound,
    String outcome,
    String invoiceId,
    Boolean consent) {

  private static final Set<String> RIGHT_PARTY =
      Set.of("right_party", "promise", "refusal", "dispute", "paid_already", "callback");

  /** Checks that what a contact always has is there. */
  public Contact {
    Objects.requireNonNull(id, "Cannot judge a contact without an id");
    Objects.requireNonNull(channel, () -> "Cannot judge the contact " + id + ": no channel");
    Objects.requireNonNull(outcome, () -> "Cannot judge the contact " + id + ": no outcome");
  }

  /** Whether the debtor was spoken to, whoever began it. */
  boolean conversation() {
    return RIGHT_PARTY.contains(outcome);
  }

  boolean bounced() {
    return outcome.equals("bounced");
  }

  boolean consented() {
    return Boolean.TRUE.equals(consent);
  }

  /** The channel as rules name it: a machine that calls is a call. */
  String kind() {
    return channel.equals("ivr") ? "call" : channel;
  }
}
