package io.recupero.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Python packages of a home, in a virtual environment of their own.
 *
 * <p>Every package is pinned, so pip need not work out what fits what: it takes exactly the list,
 * in a third of the time. The list's hash is kept beside it; while it stands nothing is installed.
 */
public final class PythonEnvironment {

  /** The variable that names the Python to use. */
  static final String PYTHON = "RECUPERO_PYTHON";

  /** The pins are those of this Python; others lack some of these packages. */
  private static final String WANTED = "3.11";

  private final Home home;

  /** Takes the home whose packages they are. */
  public PythonEnvironment(Home home) {
    this.home = home;
  }

  /** Tells whether what the lists name is installed. */
  public boolean has(List<Path> lists) {
    try {
      Path stamp = stamp(lists);
      return Files.exists(home.python())
          && Files.exists(stamp)
          && Files.readString(stamp).equals(hash(lists));
    } catch (IOException e) {
      return false;
    }
  }

  /** Installs what the lists name, unless it is there. */
  public void install(List<Path> lists) {
    if (has(lists)) {
      return;
    }
    Child child = new Child(home.log(), Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"));
    if (!Files.exists(home.python())) {
      child.run(
          "make a Python environment in "
              + home.environment()
              + " (Debian, Ubuntu: apt install python3-venv)",
          List.of(python(child), "-m", "venv", "--clear", home.environment().toString()));
    }
    List<String> command =
        new ArrayList<>(List.of(home.python().toString(), "-m", "pip", "install"));
    command.addAll(List.of("--quiet", "--no-deps", "--no-compile"));
    lists.forEach(list -> command.addAll(List.of("-r", list.toString())));
    child.run(
        "install the packages for `recupero " + home.command() + "` from the package registry",
        command);
    try {
      Files.writeString(stamp(lists), hash(lists));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into " + home.environment(), e);
    }
  }

  private String python(Child child) {
    Optional<String> named = Optional.ofNullable(System.getenv(PYTHON)).filter(it -> !it.isBlank());
    List<String> names =
        named.map(List::of).orElse(List.of("python" + WANTED, "python3", "python"));
    for (String name : names) {
      try {
        String version =
            child.run(
                "ask " + name + " for its version",
                List.of(name, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"));
        if (version.strip().equals(WANTED)) {
          return name;
        }
      } catch (ProgramException missing) {
        // The next one may be there.
      }
    }
    throw new ProgramException(
        "Cannot find Python "
            + WANTED
            + ", which `recupero "
            + home.command()
            + "` runs on (looked for "
            + String.join(", ", names)
            + "). Install it (Debian 12: apt install python3 python3-venv), "
            + "or set "
            + PYTHON
            + " to it.");
  }

  private Path stamp(List<Path> lists) {
    return home.environment().resolve(lists.get(0).getFileName() + ".installed");
  }

  private static String hash(List<Path> lists) {
    Fingerprint all = new Fingerprint();
    Stream.of(lists).flatMap(List::stream).forEach(all::add);
    return all.hex();
  }
}
