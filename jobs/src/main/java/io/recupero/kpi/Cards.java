package io.recupero.kpi;

import io.recupero.config.CarriedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    return parse(CarriedFiles.texts(FOLDER));
  }

  /** Reads the cards of a folder, as {@link #load()}. */
  public static Cards load(Path folder) {
    return parse(CarriedFiles.texts(FOLDER, folder));
  }

  private static Cards parse(Map<String, String> texts) {
    List<Card> cards = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    texts.forEach((name, text) -> cards.addAll(CardFile.read(name, text, unread)));
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
