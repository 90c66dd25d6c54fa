package io.recupero.segment;

import java.util.List;

/** Promises made, kept and broken; cancelled ones are left out. */
final class PromiseFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.promises()) {
      return;
    }
    int last = Integer.MIN_VALUE;
    for (History.Promise promise : customer.promises) {
      last = Math.max(last, promise.madeDay());
    }
    if (last != Integer.MIN_VALUE) {
      values.count("days_since_last_promise", customer.day - last);
    }
    for (Window window : Window.LONG) {
      int before = customer.before(window.months());
      values.count(
          "promises" + window.suffix(),
          customer.promises.stream().filter(promise -> promise.madeDay() > before).count());
    }
    // Without payments nobody can say whether a promise was kept.
    if (customer.has.payments()) {
      judged(customer, values);
    }
  }

  private static void judged(Snapshot customer, Values values) {
    List<KeptPromises.Judged> judged = KeptPromises.judge(customer);
    for (Window window : Window.LONG) {
      int before = customer.before(window.months());
      long kept = 0;
      long broken = 0;
      for (KeptPromises.Judged promise : judged) {
        if (promise.judgedDay() > before) {
          kept += promise.isKept() ? 1 : 0;
          broken += promise.isKept() ? 0 : 1;
        }
      }
      values.count("promises_kept" + window.suffix(), kept);
      values.count("promises_broken" + window.suffix(), broken);
      values.percent("promises_kept_share" + window.suffix(), kept, kept + broken);
    }
    values.count("open_promises", customer.promises.size() - judged.size());
    long streak = 0;
    for (KeptPromises.Judged promise : judged) {
      streak = promise.isKept() ? 0 : streak + 1;
    }
    values.count("broken_promise_streak", streak);
  }
}
