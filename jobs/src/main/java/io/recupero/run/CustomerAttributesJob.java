package io.recupero.run;

import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers as dimensions: of each dated version of a customer, what was learned last. */
final class CustomerAttributesJob implements Job {

  private static final String CUSTOMERS = "silver.customers";
  private static final String ATTRIBUTES = "silver.customer_attributes";

  @Override
  public String name() {
    return "customer_attributes";
  }

  @Override
  public List<String> inputs() {
    return List.of(CUSTOMERS);
  }

  @Override
  public List<String> outputs() {
    return List.of(ATTRIBUTES);
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        ATTRIBUTES,
        Current.of(inputs.read(CUSTOMERS), "customer_id", "valid_from")
            .select(
                "customer_id",
                "valid_from",
                "segment",
                "country",
                "region",
                "industry",
                "company_size"));
  }
}
