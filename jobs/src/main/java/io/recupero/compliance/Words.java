package io.recupero.compliance;

import io.recupero.config.Names;
import io.recupero.contract.YamlNode;
import io.recupero.rules.YamlFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The values that keys of contact rules may have; what is none of them is noted in the file. */
record Words(YamlFile file) {

  private static final List<String> MESSAGES = List.of("whatsapp", "sms", "email");
  private static final List<String> CHANNELS =
      List.of("call", "whatsapp", "sms", "email", "letter", "visit", "messages");

  /** The items of a list of names; what is there and is no list, or an empty one, is noted. */
  List<YamlNode> items(YamlNode node, String key, String of) {
    List<YamlNode> items = node.list(key);
    if (items.isEmpty() && node.field(key).isPresent()) {
      file.problem(
          node.field(key).get(), "%s: %s is no list. Write [one, another].".formatted(of, key));
    }
    return items;
  }

  /** The names of a list, each of which must be known. */
  Set<String> names(YamlNode node, String key, String kind, String of, Collection<String> known) {
    Set<String> names = new HashSet<>();
    for (YamlNode item : items(node, key, of)) {
      String name = item.scalar().orElse("");
      if (!known.contains(name)) {
        file.problem(
            item,
            "%s: there is no %s %s.%s Write one of %s."
                .formatted(
                    of, kind, name, Names.didYouMean(name, known), String.join(", ", known)));
      }
      names.add(name);
    }
    return names;
  }

  /** The channels of a rule; none named where it has no such key. */
  Channels channels(YamlNode node, String of) {
    Set<String> names = names(node, "channels", "channel", of, CHANNELS);
    if (names.contains("ivr")) {
      file.problem(node.field("channels").get(), of + ": ivr is a call. Write call for both.");
    }
    if (names.remove("messages")) {
      names.addAll(MESSAGES);
    }
    return new Channels(Set.copyOf(names));
  }

  /** A key that says true or false; false where it is missing. */
  boolean flag(YamlNode node, String key, String of) {
    return node.field(key).isPresent()
        && file.oneOf(node, key, of, List.of("true", "false")).equals("true");
  }

  /** A key with a value of an enum, in small letters; the first where it is missing or wrong. */
  <E extends Enum<E>> E oneOf(YamlNode node, String key, String of, Class<E> values) {
    List<E> all = List.of(values.getEnumConstants());
    List<String> known = all.stream().map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return all.get(Math.max(0, known.indexOf(file.oneOf(node, key, of, known))));
  }

  /** The same, where the key may be missing. */
  <E extends Enum<E>> E oneOfOrFirst(YamlNode node, String key, String of, Class<E> values) {
    return node.field(key).isPresent()
        ? oneOf(node, key, of, values)
        : values.getEnumConstants()[0];
  }

  /** A whole number from 1; empty where it is missing or wrong. */
  Optional<Integer> positive(YamlNode node, String key, String of) {
    Optional<Integer> number = file.number(node, key, of);
    if (number.isPresent() && number.get() < 1) {
      file.problem(node.field(key).get(), "%s: %s must be 1 or more.".formatted(of, key));
    }
    return number.filter(n -> n > 0);
  }
}
