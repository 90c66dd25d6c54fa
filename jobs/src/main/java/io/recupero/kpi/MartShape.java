package io.recupero.kpi;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The columns of a mart of additive deltas and what each is for.
 *
 * @param mart its name, such as gold.balance_daily
 * @param roles the role of each column, by its name
 */
public record MartShape(String mart, Map<String, Role> roles) {

  /** What a column of a mart is for. */
  public enum Role {
    /** The day on which a delta counts. */
    DAY,
    /** An attribute in force, to group and filter by. */
    DIMENSION,
    /** A further key of the parts, such as a bucket or a cohort. */
    KEY,
    /** A part that is money in the row's currency. */
    AMOUNT,
    /** A part that counts things. */
    COUNT
  }

  /** Columns that every formula may use beside the mart's own. */
  static final Set<String> OF_THE_DATE = Set.of("as_of", "as_of_day", "month_start");

  /** Returns the marts among the contracts: the tables of gold that have a day and parts. */
  public static List<MartShape> all(Contracts contracts) {
    return contracts.all().stream()
        .filter(contract -> contract.id().startsWith("gold."))
        .map(MartShape::of)
        .filter(shape -> shape.roles().containsValue(Role.DAY))
        .toList();
  }

  /** Returns what a contract says of the columns of a mart; columns without a role are left out. */
  static MartShape of(Contract contract) {
    Map<String, Role> roles = new LinkedHashMap<>();
    contract
        .columns()
        .forEach(
            column ->
                column
                    .role()
                    .ifPresent(
                        role ->
                            roles.put(column.name(), Role.valueOf(role.toUpperCase(Locale.ROOT)))));
    return new MartShape(contract.id(), roles);
  }

  /** Returns the columns with one of {@code wanted} roles, by name. */
  Set<String> columns(Role... wanted) {
    Set<Role> set = Set.of(wanted);
    return roles.entrySet().stream()
        .filter(e -> set.contains(e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the dimensions and keys that a card of this mart can be grouped and filtered by. */
  public Set<String> dimensions(Card card) {
    Set<String> dimensions = columns(Role.DIMENSION, Role.KEY);
    // A key that the figure itself is made of tells nothing when it is held fast.
    dimensions.removeAll(card.columns());
    dimensions.removeAll(card.sources());
    if (card.seenDays() == null) {
      dimensions.remove(MartQuestion.COHORT);
    }
    return dimensions;
  }

  /** Returns whether a card of this mart reads amounts, and so needs one currency. */
  public boolean isOfMoney(Card card) {
    return !new MartQuestion(this, List.of(card), List.of(), null).ofMoney().isEmpty();
  }

  /** Returns everything a formula may name. */
  Set<String> usable() {
    Set<String> all = columns(Role.DIMENSION, Role.KEY, Role.AMOUNT, Role.COUNT);
    all.addAll(OF_THE_DATE);
    return all;
  }
}
