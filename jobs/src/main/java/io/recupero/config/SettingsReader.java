package io.recupero.config;

import io.recupero.contract.JudgeSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads settings: an option stands before an environment variable, that before the file, and that
 * before the default.
 */
public final class SettingsReader {

  /** Every key, in the order of the handbook. */
  public static final List<String> KEYS =
      List.of(
          "timezone",
          "reporting_currency",
          "segments",
          "max_quarantined_share",
          "max_quarantined_records",
          "negative_as",
          "max_days_ahead",
          "automatic_allocation",
          "grace_days",
          "due_on_business_day",
          "contact_rules",
          "checks",
          "alerts",
          "lake",
          "tables",
          "input",
          "source",
          "names",
          "files",
          "mail.host",
          "mail.port",
          "mail.starttls",
          "mail.user",
          "mail.from",
          "mail.to");

  /** The port on which servers take mail from programs, and become encrypted. */
  private static final String SUBMISSION_PORT = "587";

  /** So many refused records of a table stop no run. */
  private static final int FEW_REFUSED = 5;

  /**
   * Who may read files: what {@code ./recupero} takes its umask from, before this program starts.
   */
  private enum Files {
    OWNER,
    GROUP
  }

  private static final int MOST_PORTS = 65_535;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@,<>]+@[^\\s@,<>]+");

  private final List<String> problems = new ArrayList<>();
  private final Map<String, Value> values = new LinkedHashMap<>();

  private SettingsReader() {}

  /**
   * Returns the settings.
   *
   * @param file the YAML file, or empty where there is none
   * @param environment variables; {@code RECUPERO_TIMEZONE} gives {@code timezone}, and so on
   * @param options key to the text given on the command line
   * @throws InvalidConfigException with every problem, each with its file and line
   */
  public static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    return new SettingsReader().resolve(file, environment, options);
  }

  /**
   * Returns the lake's folder alone, absolute, whatever else the settings lack.
   *
   * @throws InvalidConfigException where the file cannot be read
   */
  public static Path readLake(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    SettingsReader reader = new SettingsReader();
    reader.collect(file, environment, options);
    reader.throwIfInvalid();
    return reader.lake();
  }

  /**
   * Returns how reports are sent, whatever else the settings lack.
   *
   * @throws InvalidConfigException where that is not said, or wrong
   */
  public static MailSettings readMail(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    SettingsReader reader = new SettingsReader();
    reader.collect(file, environment, options);
    if (!reader.saysMail()) {
      reader.problems.add(
          "Cannot send mail: the settings name no server. Add a line such as mail: {host:"
              + " smtp.example.com, from: reports@example.com, to: [finance@example.com]} to the"
              + " file named by --config.");
    }
    MailSettings mail = reader.mail();
    reader.throwIfInvalid();
    return mail;
  }

  /**
   * Returns whom reports call by name, whatever else the settings lack.
   *
   * @throws InvalidConfigException where that is wrong
   */
  public static NamedCustomers readNames(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    SettingsReader reader = new SettingsReader();
    reader.collect(file, environment, options);
    NamedCustomers names = reader.names();
    reader.throwIfInvalid();
    return names;
  }

  private NamedCustomers names() {
    return value("names", value -> oneOf(value, "names", NamedCustomers.values()))
        .orElse(NamedCustomers.COMPANIES);
  }

  private boolean saysMail() {
    return values.keySet().stream().anyMatch(key -> key.startsWith("mail."));
  }

  private MailSettings mail() {
    List<String> to = value("mail.to", SettingsReader::words).orElse(List.of());
    if (saysMail()) {
      List.of("mail.host", "mail.from", "mail.to").forEach(this::required);
      to.stream()
          .filter(address -> !ADDRESS.matcher(address).matches())
          .forEach(address -> notAnAddress("mail.to", address));
    }
    return new MailSettings(
        value("mail.host", Value::text).orElse(""),
        value("mail.port", this::port).orElse(Integer.valueOf(SUBMISSION_PORT)),
        value("mail.starttls", this::yesOrNo).orElse(true),
        value("mail.user", Value::text),
        value("mail.from", this::address).orElse(""),
        to);
  }

  private void required(String key) {
    if (value(key, Value::text).isEmpty()) {
      problems.add("Invalid settings: %s is missing beside the others of mail.".formatted(key));
    }
  }

  private String address(Value value) {
    if (!ADDRESS.matcher(value.text()).matches()) {
      notAnAddress("mail.from", value.text());
    }
    return value.text();
  }

  private void notAnAddress(String key, String address) {
    invalid(
        new Value(address, values.get(key).where(), values.get(key).base()),
        key,
        "an address such as finance@example.com",
        "");
  }

  private Integer port(Value value) {
    boolean isPort =
        value.text().matches("\\d{1,5}") && Integer.parseInt(value.text()) <= MOST_PORTS;
    return isPort && Integer.parseInt(value.text()) > 0
        ? Integer.valueOf(value.text())
        : invalid(value, "mail.port", "a port from 1 to " + MOST_PORTS, "");
  }

  private void collect(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    file.ifPresent(path -> values.putAll(new YamlValues(path, problems).read()));
    values.forEach((key, value) -> refuseUnknown(key, value.where()));
    Path here = Path.of("").toAbsolutePath();
    for (String key : KEYS) {
      String variable = "RECUPERO_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
      Optional.ofNullable(environment.get(variable))
          .filter(text -> !text.isBlank())
          .ifPresent(text -> values.put(key, new Value(text, variable, here)));
    }
    options.forEach((key, text) -> values.put(key, new Value(text, option(key), here)));
  }

  private Settings resolve(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    collect(file, environment, options);
    Settings settings =
        new Settings(
            timezone(file),
            value("reporting_currency", this::currency),
            value("segments", value -> oneOf(value, "segments", Settings.Segments.values()))
                .orElse(Settings.Segments.GIVEN),
            value("max_quarantined_share", this::share).orElse(new BigDecimal("0.05")),
            value("max_quarantined_records", this::records).orElse(FEW_REFUSED),
            value("negative_as", this::creditNote).orElse(false),
            value("max_days_ahead", this::days).orElse(JudgeSettings.MAX_DAYS_AHEAD),
            value("automatic_allocation", this::yesOrNo).orElse(true),
            value("grace_days", this::days).orElse(0),
            value("due_on_business_day", this::yesOrNo).orElse(false),
            value("contact_rules", SettingsReader::words).orElse(List.of()),
            value("checks", this::path),
            value("alerts", this::path),
            lake(),
            value("tables", this::location),
            value("input", this::path),
            value("source", this::path));
    // For their problems: who checks the settings wants to know all.
    mail();
    names();
    value("files", value -> oneOf(value, "files", Files.values()));
    throwIfInvalid();
    return settings;
  }

  private Path lake() {
    return value("lake", this::path).orElseGet(() -> Path.of("lake").toAbsolutePath());
  }

  private void throwIfInvalid() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }

  private ZoneId timezone(Optional<Path> file) {
    if (!values.containsKey("timezone")) {
      problems.add(
          file.map(path -> path + ": ").orElse("")
              + "Invalid settings: timezone is missing, and the day of a record depends on it."
              + " Add a line such as timezone: America/Santiago to the file named by --config,"
              + " or set RECUPERO_TIMEZONE.");
      return null;
    }
    return value("timezone", this::zone).orElse(null);
  }

  private void refuseUnknown(String key, String where) {
    if (!KEYS.contains(key)) {
      problems.add(
          where
              + ": Invalid setting "
              + key
              + ": there is no such setting."
              + Names.didYouMean(key, KEYS)
              + " The settings are "
              + String.join(", ", KEYS)
              + ".");
    }
  }

  private <T> Optional<T> value(String key, Function<Value, T> parse) {
    return Optional.ofNullable(values.get(key)).filter(v -> !v.text().isEmpty()).map(parse);
  }

  private ZoneId zone(Value value) {
    if (!ZoneId.getAvailableZoneIds().contains(value.text())) {
      return invalid(
          value,
          "timezone",
          "an IANA time zone such as America/Santiago",
          Names.didYouMean(value.text(), ZoneId.getAvailableZoneIds()));
    }
    return ZoneId.of(value.text());
  }

  private String currency(Value value) {
    List<String> codes =
        Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList();
    return codes.contains(value.text())
        ? value.text()
        : invalid(value, "reporting_currency", "an ISO 4217 code such as CLP", "");
  }

  private Boolean creditNote(Value value) {
    return value.text().equals("credit_note")
        ? Boolean.TRUE
        : invalid(value, "negative_as", "credit_note, or nothing", "");
  }

  private <E extends Enum<E>> E oneOf(Value value, String key, E[] known) {
    List<String> words = Stream.of(known).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    int found = words.indexOf(value.text());
    return found >= 0
        ? known[found]
        : invalid(
            value,
            key,
            String.join(", ", words.subList(0, words.size() - 1))
                + " or "
                + words.get(words.size() - 1),
            Names.didYouMean(value.text(), words));
  }

  private BigDecimal share(Value value) {
    try {
      BigDecimal share = new BigDecimal(value.text());
      if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
        return share;
      }
    } catch (NumberFormatException e) {
      // told below, as a share out of bounds is
    }
    return invalid(value, "max_quarantined_share", "a share from 0 to 1, such as 0.05", "");
  }

  private Integer records(Value value) {
    return value.text().matches("\\d{1,9}")
        ? Integer.valueOf(value.text())
        : invalid(value, "max_quarantined_records", "a whole number of records, such as 5", "");
  }

  private Boolean yesOrNo(Value value) {
    return switch (value.text().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> invalid(value, keyOf(value), "true or false", "");
    };
  }

  /** Which words there are is known where they are used: there unknown ones are refused. */
  private static List<String> words(Value value) {
    return Stream.of(value.text().split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  private Integer days(Value value) {
    return value.text().matches("\\d{1,3}")
        ? Integer.valueOf(value.text())
        : invalid(value, keyOf(value), "a whole number of days from 0 to 999", "");
  }

  private Path path(Value value) {
    return value.base().resolve(value.text()).normalize();
  }

  private String location(Value value) {
    String text = value.text().replaceAll("/+$", "");
    return text.contains("://") ? text : path(value).toString();
  }

  private String keyOf(Value value) {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() == value)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining());
  }

  private <T> T invalid(Value value, String key, String expected, String hint) {
    problems.add(
        value.where()
            + ": Invalid "
            + key
            + " "
            + value.text()
            + ": it must be "
            + expected
            + "."
            + hint);
    return null;
  }

  private static String option(String key) {
    return "--" + key.replace('_', '-');
  }
}
