package io.recupero.segment;

import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers as dimensions, with the segment that the customers file gives. */
public final class GivenAttributesJob implements Job {

  private static final String CUSTOMERS = "silver.customers";

  @Override
  public String name() {
    return RuleAttributesJob.NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(CUSTOMERS);
  }

  @Override
  public List<String> outputs() {
    return List.of(CustomerAttributes.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    return RuleAttributesJob.settings("given");
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(CustomerAttributes.TABLE, CustomerAttributes.given(inputs.read(CUSTOMERS)));
  }
}
