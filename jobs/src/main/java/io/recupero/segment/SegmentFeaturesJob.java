package io.recupero.segment;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the customers of each segment pay: {@code gold.segment_features}. */
public final class SegmentFeaturesJob implements Job {

  @Override
  public String name() {
    return "segment_features";
  }

  @Override
  public List<String> inputs() {
    return List.of(CustomerFeatures.TABLE, CustomerAttributes.TABLE);
  }

  @Override
  public List<String> outputs() {
    return List.of(SegmentFeatures.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    return Fingerprint.ofContracts(outputs());
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        SegmentFeatures.TABLE,
        SegmentFeatures.of(
            inputs.read(CustomerFeatures.TABLE), inputs.read(CustomerAttributes.TABLE)));
  }
}
