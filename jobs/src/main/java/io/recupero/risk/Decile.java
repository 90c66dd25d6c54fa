package io.recupero.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A tenth of the documents by what a model said of them: whether it can be believed.
 *
 * @param model the model
 * @param decile 1 the least risk, 10 the most
 * @param documents how many
 * @param said mean probability that was said, in percent
 * @param late how many were late, in percent
 */
public record Decile(String model, int decile, int documents, double said, double late) {

  private static final int TENTHS = 10;

  static List<Decile> of(Sample sample, String model) {
    double[] said = sample.scores().get(model);
    Integer[] places = new Integer[said.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, Comparator.comparingDouble(i -> said[i]));
    List<Decile> deciles = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      int from = (int) ((long) tenth * places.length / TENTHS);
      int to = (int) ((long) (tenth + 1) * places.length / TENTHS);
      double sum = 0;
      double late = 0;
      for (int i = from; i < to; i++) {
        sum += said[places[i]];
        late += sample.truth()[places[i]];
      }
      if (to > from) {
        deciles.add(
            new Decile(
                model, tenth + 1, to - from, 100 * sum / (to - from), 100 * late / (to - from)));
      }
    }
    return deciles;
  }
}
