package io.recupero.segment;

import io.recupero.contract.Text;
import java.util.Optional;

/**
 * A segment and who is in it.
 *
 * @param id as figures are grouped by it
 * @param name its title
 * @param when Spark SQL over the columns of {@code gold.customer_features}, where null counts as
 *     false; empty for the segment of all others
 * @param treatment how it is collected from
 */
public record SegmentRule(
    String id, Text name, Optional<String> when, Optional<Treatment> treatment) {}
