package io.recupero.risk;

import io.recupero.contract.Text;
import io.recupero.segment.FeatureCard;
import io.recupero.segment.FeatureCards;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;

/**
 * Why a model says what it says of a document: the features that move its answer most when each
 * alone is put back to its usual value. It tells what the model looks at, not what causes lateness.
 */
final class Reasons implements Serializable {

  private static final long serialVersionUID = 1L;

  static final int MOST = 3;

  /** On the scale of log odds: less is not worth a word. */
  private static final double LEAST = 0.05;

  /** What an overdue document needs no model for. */
  static final String OVERDUE = "overdue";

  private final ProbabilisticClassificationModel<Vector, ?> model;
  private final double[] usual;
  private final Map<String, int[]> slots = new LinkedHashMap<>();
  private final Map<String, String[]> names = new LinkedHashMap<>();

  private Reasons(ProbabilisticClassificationModel<Vector, ?> model, RiskCard card) {
    this.model = model;
    this.usual = card.reference().stream().mapToDouble(RiskCard.Slot::usual).toArray();
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (int slot = 0; slot < usual.length; slot++) {
      String feature = Slots.featureOf(card.reference().get(slot));
      places.computeIfAbsent(feature, it -> new ArrayList<>()).add(slot);
    }
    FeatureCards documents = FeatureCards.documents();
    FeatureCards customers = FeatureCards.load();
    places.forEach(
        (feature, list) -> {
          slots.put(feature, list.stream().mapToInt(Integer::intValue).toArray());
          Text name =
              documents
                  .find(feature)
                  .or(() -> customers.find(feature))
                  .map(FeatureCard::name)
                  .orElse(RiskColumns.nameOf(feature));
          String unit =
              documents
                  .find(feature)
                  .or(() -> customers.find(feature))
                  .map(FeatureCard::unit)
                  .orElse("category");
          names.put(feature, new String[] {name.es(), name.en(), unit});
        });
  }

  /** Returns the reasons of a learned model of lateness. */
  @SuppressWarnings("unchecked")
  static Reasons of(PipelineModel pipeline, RiskCard card) {
    Transformer[] stages = pipeline.stages();
    return new Reasons(
        (ProbabilisticClassificationModel<Vector, ?>) stages[stages.length - 1], card);
  }

  /** Returns the ids of the features that matter most, {@code +} in front where they raise it. */
  List<String> of(Vector features) {
    double[] values = features.toArray();
    double all = said(values);
    Map<String, Double> effects = new LinkedHashMap<>();
    slots.forEach(
        (feature, places) -> {
          double[] changed = values.clone();
          for (int place : places) {
            changed[place] = usual[place];
          }
          effects.put(feature, all - said(changed));
        });
    return effects.entrySet().stream()
        .filter(it -> Math.abs(it.getValue()) >= LEAST)
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, Double> it) -> -Math.abs(it.getValue())))
        .limit(MOST)
        .map(it -> (it.getValue() > 0 ? "+" : "-") + it.getKey())
        .toList();
  }

  private double said(double[] values) {
    return model.predictRaw(Vectors.dense(values)).apply(1);
  }

  /** Returns the reasons for people: name, value, and whether it raises or lowers the risk. */
  String text(List<String> reasons, Row row, boolean spanish) {
    List<String> words = new ArrayList<>();
    for (String reason : reasons) {
      String feature = reason.substring(1);
      String[] name = names.get(feature);
      boolean raises = reason.startsWith("+");
      words.add(
          "%s: %s (%s)"
              .formatted(
                  name[spanish ? 0 : 1],
                  value(feature, name[2], row, spanish),
                  spanish ? raises ? "sube" : "baja" : raises ? "raises" : "lowers"));
    }
    return String.join("; ", words);
  }

  private static String value(String feature, String unit, Row row, boolean spanish) {
    String number = RiskColumns.NUMBER + feature;
    if (!List.of(row.schema().fieldNames()).contains(number)) {
      String category = row.getAs(RiskColumns.CATEGORY + feature);
      return RiskColumns.NONE.equals(category) ? spanish ? "sin dato" : "not known" : category;
    }
    Double value = row.getAs(number);
    if (value == null) {
      return spanish ? "sin dato" : "not known";
    }
    Locale locale = Locale.forLanguageTag(spanish ? "es-CL" : "en-US");
    String text = String.format(locale, "%,.0f", RiskColumns.back(feature, value));
    return unit.equals("percent") ? text + " %" : text;
  }
}
