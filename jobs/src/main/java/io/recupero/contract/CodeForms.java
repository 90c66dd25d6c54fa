package io.recupero.contract;

import io.recupero.config.CarriedFiles;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a code by the forms in which people write it. Two forms are one where they differ in case,
 * accents, punctuation and blanks alone; a form that two codes share finds neither.
 */
final class CodeForms {

  private static final String FOLDER = "schemas/codes";
  private static final List<Locale> LANGUAGES =
      Stream.of("en", "es", "pt", "pt-PT").map(Locale::forLanguageTag).toList();

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{Sc}/]+");

  private final Set<String> codes;
  private final Map<String, String> forms;

  private CodeForms(Set<String> codes, Map<String, String> forms) {
    this.codes = codes;
    this.forms = forms;
  }

  /** Returns the code that a text means; null for none. */
  String code(String text) {
    return text == null || codes.contains(text) ? text : forms.get(fold(text));
  }

  /** Returns the forms of codes that are only written in another case, such as those of a list. */
  static CodeForms of(Collection<String> codes) {
    Builder forms = new Builder();
    codes.forEach(code -> forms.add(code, code));
    return forms.build();
  }

  static CodeForms ofCurrencies(Collection<String> codes) {
    Builder forms = new Builder();
    codes.forEach(code -> forms.add(code, code));
    forms.carried("currencies");
    return forms.build();
  }

  static CodeForms ofCountries() {
    Builder forms = new Builder();
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale.Builder().setRegion(code).build();
      forms.add(code, code);
      forms.add(country.getISO3Country(), code);
      LANGUAGES.forEach(language -> forms.add(country.getDisplayCountry(language), code));
    }
    forms.carried("countries");
    return forms.build();
  }

  private static String fold(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    plain = ACCENTS.matcher(plain).replaceAll("");
    return BETWEEN.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static final class Builder {

    private final Map<String, String> codes = new HashMap<>();
    private final Set<String> exact = new HashSet<>();
    private final Set<String> ambiguous = new HashSet<>();

    void add(String form, String code) {
      exact.add(code);
      String folded = fold(form);
      String other = codes.putIfAbsent(folded, code);
      if (other != null && !other.equals(code)) {
        ambiguous.add(folded);
      }
    }

    void carried(String list) {
      YamlNode file = YamlNode.parse(CarriedFiles.texts(FOLDER).get(FOLDER + "/codes.yaml"));
      Optional.ofNullable(file.fields().get(list))
          .ifPresent(
              node ->
                  node.fields()
                      .keySet()
                      .forEach(code -> node.texts(code).forEach(form -> add(form, code))));
    }

    CodeForms build() {
      codes.keySet().removeAll(ambiguous);
      codes.keySet().removeAll(ambiguous);
      return new CodeForms(Set.copyOf(exact), Map.copyOf(codes));
    }
  }
}
