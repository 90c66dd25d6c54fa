package io.recupero.compliance;

import java.io.Serializable;
import java.util.Set;

/**
 * The channels that a rule is for.
 *
 * @param named as rules name them; empty: all but letters
 */
record Channels(Set<String> named) implements Serializable {

  boolean cover(Contact contact) {
    return named.isEmpty() ? !contact.kind().equals("letter") : named.contains(contact.kind());
  }
}
