package io.recupero.segment.learned;

import io.recupero.contract.Text;
import io.recupero.segment.learned.Dimension.Kind;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;

/**
 * What sets a group of customers apart, the most telling first.
 *
 * @param marks at most one a feature
 */
record Profile(List<Mark> marks) {

  private static final String BUNDLE = "io.recupero.cli.messages";

  /** What is less than this share of the first mark apart is not in the name. */
  private static final double TELLING = 0.5;

  private static final int MOST = 5;

  /** A word or a gap that fewer of a group have does not stand for it. */
  private static final double TYPICAL = 0.5;

  Profile {
    marks = List.copyOf(marks);
  }

  /**
   * In what a group differs.
   *
   * @param difference of the group's mean from that of all, in standard deviations of all
   */
  record Mark(Dimension dimension, double difference) {

    /** Returns what is said of it: high, low, missing, level or other. */
    String says() {
      if (dimension.kind() == Kind.NUMBER) {
        return difference > 0 ? "high" : "low";
      }
      return dimension.kind().name().toLowerCase(Locale.ROOT);
    }

    private String in(Locale locale) {
      String name = dimension.feature().card().name().in(locale.getLanguage());
      String pattern =
          ResourceBundle.getBundle(BUNDLE, locale).getString("segments.learned." + says());
      return new MessageFormat(pattern, locale).format(new Object[] {name, dimension.level()});
    }

    private String id() {
      String of = dimension.feature().id() + "_" + says();
      return dimension.kind() == Kind.LEVEL
          ? dimension.feature().id()
              + "_"
              + dimension.level().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_")
          : of;
    }
  }

  /** Returns the profile of a group among all points. */
  static Profile of(List<Dimension> dimensions, Vector[] points, int[] clusters, int cluster) {
    List<Mark> marks = new ArrayList<>();
    for (int d = 0; d < dimensions.size(); d++) {
      double sum = 0;
      double squares = 0;
      double within = 0;
      double highest = 0;
      int members = 0;
      for (int i = 0; i < points.length; i++) {
        double value = points[i].apply(d);
        sum += value;
        squares += value * value;
        highest = Math.max(highest, value);
        if (clusters[i] == cluster) {
          within += value;
          members++;
        }
      }
      double mean = sum / points.length;
      double deviation = Math.sqrt(Math.max(0, squares / points.length - mean * mean));
      double difference = deviation == 0 ? 0 : (within / members - mean) / deviation;
      boolean isNumber = dimensions.get(d).kind() == Kind.NUMBER;
      if (isNumber || difference > 0 && within / members >= TYPICAL * highest) {
        marks.add(new Mark(dimensions.get(d), difference));
      }
    }
    marks.sort(Comparator.comparingDouble(mark -> -Math.abs(mark.difference())));
    Set<String> seen = new HashSet<>();
    return new Profile(
        marks.stream()
            .filter(mark -> seen.add(mark.dimension().feature().id()))
            .limit(MOST)
            .toList());
  }

  private List<Mark> telling(int most) {
    double least = marks.isEmpty() ? 0 : TELLING * Math.abs(marks.get(0).difference());
    return marks.stream().limit(most).filter(mark -> Math.abs(mark.difference()) >= least).toList();
  }

  /** Returns the name for people: the first two marks, where the second is telling too. */
  Text name() {
    return new Text(name(Locale.forLanguageTag("es")), name(Locale.ENGLISH));
  }

  private String name(Locale locale) {
    return String.join(", ", telling(2).stream().map(mark -> mark.in(locale)).toList());
  }

  /** Returns the id for figures, of so many marks; as few as tell groups apart. */
  String id(int most) {
    return String.join("__", marks.stream().limit(most).map(Mark::id).toList());
  }

  /** Returns an id for each profile, no two alike. */
  static List<String> ids(List<Profile> profiles) {
    for (int most = 1; most <= MOST; most++) {
      int marks = most;
      List<String> ids = profiles.stream().map(it -> it.id(marks)).toList();
      if (new HashSet<>(ids).size() == ids.size()) {
        return ids;
      }
    }
    List<String> ids = new ArrayList<>();
    for (Profile profile : profiles) {
      ids.add(profile.id(1) + "_" + (ids.size() + 1));
    }
    return ids;
  }
}
