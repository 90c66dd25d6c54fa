package io.recupero.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  @TempDir Path folder;

  @Test
  void theTimeZoneAloneIsEnough() throws IOException {
    Settings settings = read("timezone: America/Santiago");

    assertThat(settings.timezone()).isEqualTo(ZoneId.of("America/Santiago"));
    assertThat(settings.reportingCurrency()).isEmpty();
    assertThat(settings.maxQuarantinedShare()).isEqualTo(new BigDecimal("0.05"));
    assertThat(settings.negativeIsCredit()).isFalse();
    assertThat(settings.maxDaysAhead()).isEqualTo(366);
    assertThat(settings.automaticAllocation()).isTrue();
    assertThat(settings.graceDays()).isZero();
    assertThat(settings.lake()).isEqualTo(Path.of("lake").toAbsolutePath());
  }

  @Test
  void anOptionStandsBeforeAVariableBeforeTheFile() throws IOException {
    Path file =
        write(
            "timezone: America/Lima\nnegative_as: credit_note\nmax_days_ahead: 40\ngrace_days: 1\nsegments: given");

    Settings settings =
        SettingsReader.read(
            Optional.of(file),
            Map.of("RECUPERO_GRACE_DAYS", "2", "RECUPERO_SEGMENTS", "rules"),
            Map.of("grace_days", "3"));

    assertThat(settings.graceDays()).isEqualTo(3);
    assertThat(settings.negativeIsCredit()).isTrue();
    assertThat(settings.maxDaysAhead()).isEqualTo(40);
    assertThat(settings.segments()).isEqualTo(Settings.Segments.RULES);
  }

  @Test
  void pathsInTheFileStartAtTheFileSoThatItCanBeUsedFromAnywhere() throws IOException {
    assertThat(read("timezone: UTC\ninput: raw").input()).contains(folder.resolve("raw"));
  }

  @Test
  void tablesMayLieInAnObjectStoreWhichIsNoFolder() throws IOException {
    assertThat(read("timezone: UTC\ntables: s3a://bucket/lake/").tables())
        .contains("s3a://bucket/lake");
    assertThat(read("timezone: UTC\ntables: apart").tables())
        .contains(folder.resolve("apart").toString());
    assertThat(read("timezone: UTC").tables()).isEmpty();
  }

  @Test
  void mailIsAGroupOfItsOwnAndItsPasswordIsInNoFile() throws IOException {
    Path file =
        write(
            """
            mail:
              host: smtp.example.com
              from: informes@example.com
              to: [finanzas@example.com, cobranza@example.com]
            """);

    MailSettings mail =
        SettingsReader.readMail(
            Optional.of(file), Map.of("RECUPERO_MAIL_USER", "informes"), Map.of());

    assertThat(mail)
        .isEqualTo(
            new MailSettings(
                "smtp.example.com",
                587,
                true,
                Optional.of("informes"),
                "informes@example.com",
                List.of("finanzas@example.com", "cobranza@example.com")));
    assertThatThrownBy(
            () -> read("timezone: UTC\nmail: {host: x, port: 0, to: a b, password: secret}"))
        .isInstanceOfSatisfying(
            InvalidConfigException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(5)
                    .anyMatch(p -> p.contains("Invalid setting mail.password"))
                    .anyMatch(p -> p.contains("Invalid mail.port 0"))
                    .anyMatch(p -> p.contains("mail.from is missing"))
                    .anyMatch(p -> p.contains("Invalid mail.to a:"))
                    .noneMatch(p -> p.contains("secret")));
    assertThatThrownBy(() -> SettingsReader.readMail(Optional.empty(), Map.of(), Map.of()))
        .hasMessageContaining("the settings name no server");
  }

  @Test
  void onlyCompaniesAreNamedUnlessTheSettingsSayOtherwise() throws IOException {
    assertThat(SettingsReader.readNames(Optional.empty(), Map.of(), Map.of()))
        .isEqualTo(NamedCustomers.COMPANIES);
    assertThat(SettingsReader.readNames(Optional.of(write("names: none")), Map.of(), Map.of()))
        .isEqualTo(NamedCustomers.NONE);
    assertThat(
            SettingsReader.readNames(Optional.empty(), Map.of("RECUPERO_NAMES", "all"), Map.of()))
        .isEqualTo(NamedCustomers.ALL);
    assertThatThrownBy(() -> read("timezone: UTC\nnames: company\nfiles: everybody"))
        .hasMessageContaining("Invalid names company: it must be companies, all or none")
        .hasMessageContaining("Invalid files everybody: it must be owner or group");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLineAndTheNearestName() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    timezone: America/Santigo
                    grace_day: 3
                    max_quarantined_share: 5
                    reporting_currency: pesos
                    reporting_currency: CLP
                    """))
        .isInstanceOfSatisfying(
            InvalidConfigException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(4)
                    .anyMatch(
                        p -> p.contains("recupero.yaml:1:") && p.contains("America/Santiago?"))
                    .anyMatch(p -> p.contains("recupero.yaml:2:") && p.contains("mean grace_days?"))
                    .anyMatch(p -> p.contains("recupero.yaml:3:") && p.contains("from 0 to 1"))
                    .anyMatch(p -> p.contains("recupero.yaml:5:") && p.contains("already given")));
  }

  @Test
  void aMissingTimeZoneIsRefusedBecauseDaysDependOnIt() {
    assertThatThrownBy(() -> read("segments: rules"))
        .hasMessageContaining("timezone is missing")
        .hasMessageContaining("RECUPERO_TIMEZONE");
  }

  @Test
  void brokenYamlIsToldWithItsLine() {
    assertThatThrownBy(() -> read("timezone: UTC\nlake: [a"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("Invalid YAML");
  }

  private Settings read(String yaml) throws IOException {
    return SettingsReader.read(Optional.of(write(yaml)), Map.of(), Map.of());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("recupero.yaml"), yaml);
  }
}
