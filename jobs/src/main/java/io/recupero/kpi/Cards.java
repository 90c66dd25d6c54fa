package io.recupero.kpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of KPI cards, in the order of their files. */
public final class Cards {

  private static final String FOLDER = "schemas/kpis";

  private final List<Card> cards;
  private final List<String> unread;

  private Cards(List<Card> cards, List<String> unread) {
    this.cards = List.copyOf(cards);
    this.unread = List.copyOf(unread);
  }

  /**
   * Reads the cards on the class path, under /schemas/kpis.
   *
   * <p>A card that cannot be read is left out and named by {@link #problems}.
   *
   * @throws IllegalStateException if the folder is not on the class path
   */
  public static Cards load() {
    var folder = Cards.class.getResource("/" + FOLDER);
    if (folder == null) {
      throw new IllegalStateException(
          "Cannot find the KPI cards: /" + FOLDER + " is not on the class path. Build again.");
    }
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return load(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return load(jar.getPath("/" + FOLDER));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot read " + folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  /** Reads the cards of a folder, as {@link #load()}. */
  public static Cards load(Path folder) {
    List<Card> cards = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
      for (Path path : sorted) {
        String name = FOLDER + "/" + path.getFileName();
        cards.addAll(CardFile.read(name, Files.readString(path), unread));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the KPI cards in " + folder, e);
    }
    return new Cards(cards, unread);
  }

  /** Returns everything that is wrong with the cards, each as file:line, what, and the remedy. */
  public List<String> problems(Collection<MartShape> marts) {
    List<String> problems = new ArrayList<>(unread);
    problems.addAll(CardCheck.problems(cards, marts));
    return problems;
  }

  /** Returns all cards. */
  public List<Card> all() {
    return cards;
  }

  /** Returns the card with this id, if there is one. */
  public Optional<Card> find(String id) {
    return cards.stream().filter(card -> card.id().equals(id)).findFirst();
  }

  /** Returns the ids of all cards. */
  public List<String> ids() {
    return cards.stream().map(Card::id).toList();
  }
}
