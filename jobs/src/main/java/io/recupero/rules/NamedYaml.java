package io.recupero.rules;

import io.recupero.contract.YamlNode;
import java.util.Collection;

/**
 * A YAML file that is one thing, called as the file is.
 *
 * @param file where its problems are noted
 * @param root its document
 * @param id the file's name without folder and ending
 */
public record NamedYaml(YamlFile file, YamlNode root, String id) {

  /**
   * Begins a file; a key that is not known is a problem of it.
   *
   * @param path as messages call it
   */
  public static NamedYaml begin(String path, String text, Collection<String> keys) {
    YamlFile file = new YamlFile(path);
    YamlNode root = file.parse(text);
    String id = path.replaceAll(".*/|\\.yaml$", "");
    file.keys(root, id, keys);
    return new NamedYaml(file, root, id);
  }
}
