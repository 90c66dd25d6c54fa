package io.recupero.compliance;

/**
 * A contact where and when it is judged.
 *
 * @param timeline all contacts of the customer by the debtor's clock
 * @param at which of them it is
 * @param country the debtor's
 */
record Moment(Timeline timeline, int at, String country, Holidays holidays) {

  Contact contact() {
    return timeline.contact(at);
  }

  int day() {
    return timeline.day(at);
  }
}
