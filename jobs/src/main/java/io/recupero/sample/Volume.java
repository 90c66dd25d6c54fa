package io.recupero.sample;

/**
 * Who has how many invoices, by formula: the size of any customer and the number of its first
 * invoice are known without looking at the others, so any machine can start anywhere, and the
 * invoices add up to exactly the settings' number.
 */
final class Volume {

  static final int BLOCK = 20;

  /** Sizes of every twenty customers, by digit: person, micro, small, medium, large. */
  private static final String SIZES = "30210020131042020010";

  /** Place, from 0, of the large customer of every twenty. */
  static final int LARGE_PLACE = SIZES.indexOf('4');

  private static final long[] WEIGHT_BEFORE = new long[BLOCK + 1];

  static {
    for (int i = 0; i < BLOCK; i++) {
      WEIGHT_BEFORE[i + 1] = WEIGHT_BEFORE[i] + size(i).weight;
    }
  }

  private final long customers;
  private final long big;
  private final long rest;

  Volume(GeneratorSettings settings) {
    customers = settings.customers();
    boolean apart = settings.oneBigCustomer() && customers > 1;
    big = apart ? settings.invoices() / 5 : -1;
    rest = apart ? settings.invoices() - big : settings.invoices();
  }

  /** Returns the size of a customer, numbered from 1. */
  static Size sizeOf(long customer) {
    return size((int) ((customer - 1) % BLOCK));
  }

  /** Returns the number, from 0, of a customer's first invoice among all. */
  long firstInvoice(long customer) {
    if (big >= 0) {
      return customer == 1 ? rest : share(customer - 2, customers - 1);
    }
    return share(customer - 1, customers);
  }

  /** Returns how many ordinary invoices a customer has; 0 is possible. */
  long invoices(long customer) {
    if (big >= 0) {
      return customer == 1
          ? big
          : share(customer - 1, customers - 1) - share(customer - 2, customers - 1);
    }
    return share(customer, customers) - share(customer - 1, customers);
  }

  private long share(long before, long all) {
    return rest * weight(before) / weight(all);
  }

  private static long weight(long before) {
    return before / BLOCK * WEIGHT_BEFORE[BLOCK] + WEIGHT_BEFORE[(int) (before % BLOCK)];
  }

  private static Size size(int place) {
    return Size.values()[SIZES.charAt(place) - '0'];
  }
}
