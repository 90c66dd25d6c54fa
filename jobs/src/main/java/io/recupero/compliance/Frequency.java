package io.recupero.compliance;

import java.util.Objects;

/**
 * Contact so often only. All frequency rules ask one thing: which earlier contacts in the window
 * count, and are there too many, or is one too near?
 *
 * @param after true: contact after what is counted is restricted, whatever comes of it; false: the
 *     contact is one of those counted, or it is not restricted
 * @param counted what counts
 * @param window how far it looks back
 * @param limit with so many counted before it, a contact breaks the rule; 0: no limit
 * @param gapDays the least difference between the days of two counted contacts; 0: none
 * @param perDebt whether only contacts about the same invoice count
 * @param sameness whether only contacts by the same channel count, or only by another
 * @param channels the channels that count; a conversation that others come after counts by any that
 *     {@code counted} includes
 */
record Frequency(
    boolean after,
    Counted counted,
    Window window,
    int limit,
    int gapDays,
    boolean perDebt,
    Sameness sameness,
    Channels channels)
    implements Restriction {

  /** What counts. */
  enum Counted {
    /** Every outbound contact. */
    ATTEMPT,
    /** Every outbound contact that did not bounce. */
    NOT_BOUNCED,
    /** Every contact with a right-party outcome, in either direction. */
    CONVERSATION,
    /** The same, by telephone only: a call or a machine that calls. */
    TELEPHONE_CONVERSATION;

    boolean includes(Contact contact) {
      return switch (this) {
        case ATTEMPT -> contact.outbound();
        case NOT_BOUNCED -> contact.outbound() && !contact.bounced();
        case CONVERSATION -> contact.conversation();
        case TELEPHONE_CONVERSATION -> contact.conversation() && contact.kind().equals("call");
      };
    }
  }

  /** Which channels of earlier contacts matter. */
  enum Sameness {
    ANY,
    SAME,
    OTHER
  }

  @Override
  public Answer answer(Moment moment) {
    Contact contact = moment.contact();
    if (!after && !counted.includes(contact)) {
      return Answer.KEPT;
    }
    Timeline timeline = moment.timeline();
    int first = window.firstDay(moment.day());
    int before = 0;
    // A clock set back past midnight repeats a day at most, so one day more is looked at.
    for (int i = moment.at() - 1; i >= 0 && timeline.day(i) >= first - 1; i--) {
      if (window.holds(timeline.day(i), moment.day()) && counts(timeline.contact(i), contact)) {
        before++;
        boolean tooNear = moment.day() - timeline.day(i) < gapDays;
        if (tooNear || before == limit) {
          return Answer.BROKEN;
        }
      }
    }
    return Answer.KEPT;
  }

  private boolean counts(Contact earlier, Contact contact) {
    boolean byChannel =
        switch (sameness) {
          case ANY -> true;
          case SAME -> earlier.kind().equals(contact.kind());
          case OTHER -> !earlier.kind().equals(contact.kind());
        };
    return byChannel
        && counted.includes(earlier)
        && (after || channels.cover(earlier))
        && (!perDebt || Objects.equals(earlier.invoiceId(), contact.invoiceId()));
  }
}
