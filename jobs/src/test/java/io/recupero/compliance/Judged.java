package io.recupero.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Contacts as lines of text, and what the rules say of them as lines of text. */
final class Judged {

  static final ZoneId CREDITOR = ZoneId.of("America/Santiago");

  static final Debtor CO = consumer("CO", "America/Bogota");
  static final Debtor CL = consumer("CL", "America/Santiago");
  static final Debtor MX = consumer("MX", "America/Mexico_City");
  static final Debtor PE = consumer("PE", "America/Lima");
  static final Debtor EC = consumer("EC", "America/Guayaquil");
  static final Debtor US = consumer("US", "America/New_York");

  private Judged() {}

  static Debtor consumer(String country, String timezone) {
    return new Debtor(null, country, null, "consumer", timezone);
  }

  /** A holiday in each country and year of the tests, and the others that they name. */
  static Holidays holidays(String... countriesAndDays) {
    Map<String, List<LocalDate>> days = new TreeMap<>();
    for (String country : List.of("CO", "CL", "PE", "BR")) {
      days.put(country, new ArrayList<>(List.of(LocalDate.of(2024, 1, 1))));
    }
    for (String text : countriesAndDays) {
      days.computeIfAbsent(text.substring(0, 2), country -> new ArrayList<>())
          .add(LocalDate.parse(text.substring(3)));
    }
    return Holidays.of(days);
  }

  /** Judges by the rules that the program carries. */
  static List<String> judge(Debtor debtor, String... contacts) {
    return judge(ContactRules.load(), holidays(), List.of(debtor), contacts);
  }

  static List<String> judge(
      ContactRules rules, Holidays holidays, List<Debtor> debtor, String... contacts) {
    return new ContactJudge(rules, holidays, CREDITOR)
        .judge(Arrays.stream(contacts).map(Judged::contact).toList(), debtor).stream()
            .map(Judged::line)
            .toList();
  }

  /**
   * Reads {@code id time channel outcome}, then any of {@code inbound}, {@code consent}, and an
   * invoice id.
   */
  static Contact contact(String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    Set<String> more = Set.copyOf(words.subList(4, words.size()));
    String invoice = more.stream().filter(word -> word.startsWith("F")).findFirst().orElse(null);
    return new Contact(
        words.get(0),
        micros(words.get(1)),
        words.get(2),
        !more.contains("inbound"),
        words.get(3),
        invoice,
        more.contains("consent") ? Boolean.TRUE : null);
  }

  static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(time).toInstant());
  }

  private static String line(Finding finding) {
    String what =
        switch (finding.verdict()) {
          case OK -> "ok";
          case VIOLATION -> String.join(" ", finding.rules());
          case UNDETERMINABLE ->
              "lacks "
                  + finding.missing().stream()
                      .map(MissingFact::code)
                      .collect(Collectors.joining(" "));
        };
    return finding.contactId() + " " + (finding.presumed() ? "presumed " : "") + what;
  }
}
