package io.recupero.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recupero.rules.InvalidRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactRulesTest {

  private static final String GOOD =
      """
      country: AR
      rules:
        - id: ar_hours
          name: {es: Horario, en: Hours}
          persons: [consumer]
          hours:
            permitted: [{days: mon-fri, from: 09:00, to: 18:00}]
            holidays: permitted
          valid_to: 2024-12-31
          source: s
          confidence: low
          note: {es: a, en: a}
      """;

  @Test
  void everyPlaceOfTheDefinitionsHasItsRules() {
    assertThat(ContactRules.load().all())
        .extracting(ContactRule::id)
        .containsExactly(
            "br_sp_hours",
            "cl_hours",
            "cl_calls_and_visits",
            "cl_messages",
            "co_hours",
            "co_same_day",
            "co_other_channel",
            "co_same_channel",
            "ec_hours",
            "ec_once_a_day",
            "mx_hours",
            "pe_hours",
            "us_hours",
            "us_seven_calls",
            "us_call_after_conversation");
    assertThat(ContactRules.load().all())
        .allSatisfy(
            rule -> {
              assertThat(rule.id()).startsWith(rule.country().toLowerCase(java.util.Locale.ROOT));
              assertThat(rule.name().es()).isNotEqualTo(rule.name().en());
              assertThat(rule.clause().persons()).containsExactly("consumer");
            });
  }

  @Test
  void everyFileSaysThatItIsNoLegalAdvice() throws IOException {
    try (var files = Files.list(Path.of("schemas/rules/contact"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).contains("Not legal advice", "no es asesoría legal");
      }
    }
  }

  @Test
  void usersReadNamesInBothLanguages() {
    ContactRules rules = ContactRules.load();
    assertThat(rules.name("cl_messages").orElseThrow().es()).contains("mensajes");
    assertThat(rules.name("cl_messages").orElseThrow().en()).contains("messages");
    assertThat(rules.name("nothing")).isEmpty();
    assertThat(MissingFact.TIMEZONE.text().es()).contains("zona horaria");
  }

  @Test
  void aRuleIsOneFileMore(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("ar.yaml"), GOOD);
    Files.writeString(folder.resolve("README.md"), "no rules");
    ContactRules rules = ContactRules.load(folder);
    String zone = "America/Argentina/Buenos_Aires";
    assertThat(
            Judged.judge(
                rules,
                Judged.holidays(),
                List.of(Judged.consumer("AR", zone)),
                "K1 2024-06-03T12:00:00-03:00 call no_answer",
                "K2 2024-06-03T18:00:00-03:00 call no_answer",
                "K3 2025-01-01T12:00:00-03:00 call no_answer"))
        .containsExactly("K1 ok", "K2 ar_hours", "K3 lacks rule");
  }

  @Test
  void aRuleChangesByEndingOneVersionAndBeginningAnother() {
    String changed =
        GOOD
            + """
              - id: ar_hours
                name: {es: Horario, en: Hours}
                persons: [consumer, business]
                hours:
                  permitted: [{days: [mon, wed], from: 00:00, to: 24:00}]
                  holidays: permitted
                valid_from: 2025-01-01
                source: s
                confidence: low
                note: {es: a, en: a}
            """;
    ContactRules rules = ContactRules.parse(Map.of("ar.yaml", changed));
    assertThat(
            Judged.judge(
                rules,
                Judged.holidays(),
                List.of(Judged.consumer("AR", "America/Argentina/Buenos_Aires")),
                "K1 2024-12-31T23:59:59-03:00 call no_answer",
                "K2 2025-01-01T00:00:00-03:00 call no_answer",
                "K3 2025-01-01T23:59:59.999999-03:00 call no_answer",
                "K4 2025-01-02T12:00:00-03:00 call no_answer"))
        .containsExactly("K1 ar_hours", "K2 ok", "K3 ok", "K4 ar_hours");
    String overlapping = changed.replace("valid_from: 2025-01-01", "valid_from: 2024-12-31");
    assertThat(problems(Map.of("ar.yaml", overlapping)))
        .containsExactly(
            "ar.yaml:13: the rule ar_hours is also in ar.yaml:3, in force on the same days. Rename one, or end it before the other begins.");
  }

  @Test
  void unknownSwitchesAreRefusedByName() {
    ContactRules rules = ContactRules.load();
    assertThat(rules.switches()).containsKeys("business_debtors", "co_once_a_week_per_channel");
    assertThatThrownBy(() -> rules.with(List.of("bussiness_debtors", "nonsense_of_mine")))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("Did you mean business_debtors?")
        .hasMessageContaining("there is no switch nonsense_of_mine");
  }

  @Test
  void filesAndSwitchesChangeTheFingerprint() {
    ContactRules rules = ContactRules.load();
    assertThat(rules.fingerprint()).isEqualTo(ContactRules.load().fingerprint());
    assertThat(rules.with(List.of("business_debtors")).fingerprint())
        .isNotEqualTo(rules.fingerprint());
    assertThat(ContactRules.parse(Map.of("ar.yaml", GOOD)).fingerprint())
        .isNotEqualTo(ContactRules.parse(Map.of("ar.yaml", GOOD + "\n")).fingerprint());
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirLines() {
    String bad =
        """
        country: Argentina
        switch: []
        switches:
          - {id: strict, name: {es: Estricto, en: Strict}}
          - {id: strict, name: {es: Estricto}}
        rules:
          - id: Hours
            name: {es: Horario}
            persons: [consumers]
            channels: [ivr, telegram, messages]
            hours:
              permitted:
                - {days: mon-fry, from: 7am, to: 19:00}
                - {days: fri-mon, from: 20:00, to: 08:00, to_included: maybe}
                - {from: 07:00}
              holidays: never
            frequency: {window: month, counts: calls, scope: invoice}
            valid_from: 2025-01-01
            valid_to: 2024-01-01
            confidence: sure
            note: {es: a, en: a}
          - id: two
            name: {es: a, en: a}
            persons: consumer
            frequency: {after: conversation, counts: attempt, window: 0, limit: 2}
            only_with: strikt
            presumed: yes
            source: s
            confidence: high
            note: {es: a, en: a}
          - id: three
            name: {es: a, en: a}
            frequency: {counts: attempt, window: 7}
            source: s
            confidence: high
            note: {es: a, en: a}
        """;
    assertThat(problems(Map.of("a.yaml", bad)))
        .containsExactlyInAnyOrder(
            "a.yaml:2: a file of contact rules has no key switch. Did you mean switches? Keys are country, switches, rules.",
            "a.yaml:1: Argentina is no country. Write its two capitals of ISO 3166, such as CO.",
            "a.yaml:5: the switch strict: name is not said in es and en. Write name: {es: ..., en: ...}.",
            "a.yaml:5: the switch strict is there twice. Rename one.",
            "a.yaml:7: the rule Hours: write the id in a-z, 0-9 and _.",
            "a.yaml:7: valid_to is before valid_from. Correct one.",
            "a.yaml:20: the rule Hours: confidence is sure. Write one of high, medium, low.",
            "a.yaml:8: the rule Hours: name is not said in es and en. Write name: {es: ..., en: ...}.",
            "a.yaml:7: the rule Hours has no source. Add source.",
            "a.yaml:10: the rule Hours: ivr is a call. Write call for both.",
            "a.yaml:10: the rule Hours: there is no channel ivr. Write one of call, whatsapp, sms, email, letter, visit, messages.",
            "a.yaml:10: the rule Hours: there is no channel telegram. Write one of call, whatsapp, sms, email, letter, visit, messages.",
            "a.yaml:7: the rule Hours needs either hours: or frequency:. Make two rules of both.",
            "a.yaml:13: the hours of the rule Hours: from is no time. Write it as 07:00.",
            "a.yaml:13: the hours of the rule Hours: mon-fry are no weekdays. Write them as mon-fri, sat or [mon, wed].",
            "a.yaml:14: the hours of the rule Hours end before they begin. Split what crosses midnight in two.",
            "a.yaml:14: the hours of the rule Hours: fri-mon are no weekdays. Write them as mon-fri, sat or [mon, wed].",
            "a.yaml:14: the hours of the rule Hours: to_included is maybe. Write one of true, false.",
            "a.yaml:15: the hours of the rule Hours has no to. Add to.",
            "a.yaml:15: the hours of the rule Hours have no days. Add days, such as mon-fri.",
            "a.yaml:16: the hours of the rule Hours: holidays is never. Write one of permitted, forbidden.",
            "a.yaml:17: the frequency of the rule Hours: window is month. Write week, or a number of days.",
            "a.yaml:17: the frequency of the rule Hours: counts is calls. Write one of attempt, not_bounced, conversation, telephone_conversation.",
            "a.yaml:17: the frequency of the rule Hours: scope is invoice. Write one of debtor, debt.",
            "a.yaml:17: the frequency of the rule Hours limits nothing. Add limit, gap_days or both.",
            "a.yaml:9: the rule Hours: there is no person type consumers. Did you mean consumer? Write one of consumer, business.",
            "a.yaml:24: the rule two: persons is no list. Write [one, another].",
            "a.yaml:25: the frequency of the rule two needs either counts: (so many of these) or after: (none after one of them).",
            "a.yaml:25: the frequency of the rule two says after, which permits none. Delete its limit.",
            "a.yaml:25: the frequency of the rule two: window must be 1 or more.",
            "a.yaml:26: the rule two: only_with is strikt. Did you mean strict? Write one of strict.",
            "a.yaml:27: the rule two: presumed is yes. Write one of true, false.",
            "a.yaml:33: the frequency of the rule three limits nothing. Add limit, gap_days or both.",
            "a.yaml:31: the rule three does not say for whom. Add persons: [consumer] or more.");
  }

  @Test
  void filesWithoutRulesAndThoseThatAreNoYamlAreToldTogether() {
    assertThat(problems(Map.of("b.yaml", "country: [", "c.yaml", "")))
        .anySatisfy(problem -> assertThat(problem).startsWith("b.yaml:").contains("not YAML"))
        .contains("c.yaml:1: there are no rules. Add rules: with at least one.");
  }

  private static List<String> problems(Map<String, String> files) {
    return catchThrowableOfType(InvalidRulesException.class, () -> ContactRules.parse(files))
        .problems();
  }
}
