package io.recupero.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The places of the vector that a model reads: what each was made of, and its usual value. */
final class Slots {

  private static final int LOOKED_AT = 5_000;
  private static final String VECTOR = "features";

  private Slots() {}

  /** Returns name and median of each place. */
  static List<RiskCard.Slot> usual(PipelineModel model, Dataset<Row> rows) {
    Dataset<Row> vectors = model.transform(rows).select(VECTOR);
    List<Row> some = vectors.limit(LOOKED_AT).collectAsList();
    Attribute[] attributes =
        (Attribute[])
            AttributeGroup.fromStructField(vectors.schema().apply(VECTOR)).attributes().get();
    List<RiskCard.Slot> slots = new ArrayList<>();
    for (int slot = 0; slot < attributes.length; slot++) {
      double[] values = new double[some.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((Vector) some.get(i).get(0)).apply(slot);
      }
      Arrays.sort(values);
      String name = (String) attributes[slot].name().getOrElse(() -> "");
      slots.add(new RiskCard.Slot(name, values[values.length / 2]));
    }
    return slots;
  }

  /** Returns the feature that a slot was made of. */
  static String featureOf(RiskCard.Slot slot) {
    return RiskColumns.featureOf(slot.name().substring(2));
  }
}
