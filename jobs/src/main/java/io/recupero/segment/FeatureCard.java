package io.recupero.segment;

import io.recupero.contract.Text;

/**
 * What people must know to read a feature.
 *
 * @param id the column of {@code gold.customer_features}
 * @param name its title
 * @param meaning what it says, and how it is computed
 * @param unit percent, days, money, count...
 * @param window the span that ends on the as-of date, {@code ever}, or {@code as_of} for the day
 *     itself
 * @param missing what null means
 */
public record FeatureCard(
    String id, Text name, Text meaning, String unit, String window, Text missing) {}
