package io.recupero.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The texts of one language. */
final class Messages {

  private static final String BUNDLE = "io.recupero.cli.messages";

  private final Locale locale;
  private final ResourceBundle bundle;

  private Messages(Locale locale) {
    this.locale = locale;
    this.bundle = ResourceBundle.getBundle(BUNDLE, locale);
  }

  static Messages of(Lang lang) {
    return new Messages(lang.locale());
  }

  /** Returns the text of a key with its arguments, numbers written as the language does. */
  String text(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }

  Locale locale() {
    return locale;
  }

  ResourceBundle bundle() {
    return bundle;
  }

  /** A language that every text exists in. */
  enum Lang {
    ES("es-CL"),
    EN("en-US");

    private final Locale locale;

    Lang(String tag) {
      this.locale = Locale.forLanguageTag(tag);
    }

    Locale locale() {
      return locale;
    }

    String code() {
      return locale.getLanguage();
    }

    /**
     * Returns the language of a command: its {@code --lang}, else {@code RECUPERO_LANG}, else the
     * machine's, English where that is neither. It is needed before the options are parsed, because
     * the help is in it.
     */
    static Lang of(String[] args, Map<String, String> environment) {
      String wanted = Locale.getDefault().getLanguage();
      wanted = environment.getOrDefault("RECUPERO_LANG", wanted);
      for (int i = 0; i < args.length; i++) {
        if (args[i].startsWith("--lang=")) {
          wanted = args[i].substring("--lang=".length());
        } else if (args[i].equals("--lang") && i + 1 < args.length) {
          wanted = args[i + 1];
        }
      }
      return wanted.toLowerCase(Locale.ROOT).startsWith("es") ? ES : EN;
    }
  }
}
