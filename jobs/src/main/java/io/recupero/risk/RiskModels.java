package io.recupero.risk;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;

/**
 * The models of late payment of a lake, {@code LAKE/models/risk/<number>}: each with its card and
 * Spark's own files. The greatest number is in use. A model appears whole or not at all.
 */
public final class RiskModels {

  private static final String CARD = "model.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final Map<Path, RiskModel> LOADED = new ConcurrentHashMap<>();

  private final Path folder;

  private RiskModels(Path folder) {
    this.folder = folder;
  }

  /** Returns the models of the lake in a folder. */
  public static RiskModels of(Path lake) {
    return new RiskModels(lake.toAbsolutePath().normalize().resolve("models").resolve("risk"));
  }

  /** Returns the card of the model in use, if one was ever trained; reads one file. */
  public Optional<RiskCard> current() {
    return numbers().stream().max(Comparator.naturalOrder()).map(this::card);
  }

  /** Returns the number for the next model. */
  public long next() {
    return numbers().stream().max(Comparator.naturalOrder()).orElse(0L) + 1;
  }

  /** Returns a card. */
  public RiskCard card(long number) {
    try {
      return JSON.readValue(file(number).resolve(CARD).toFile(), RiskCard.class);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model " + file(number), e);
    }
  }

  /** Returns a model; Spark must run. It is read once, for a run builds each job twice. */
  public RiskModel load(long number) {
    return LOADED.computeIfAbsent(file(number), it -> read(number));
  }

  private RiskModel read(long number) {
    RiskCard card = card(number);
    return new RiskModel(card, learned(card, Target.LATE), learned(card, Target.DAYS));
  }

  private Optional<PipelineModel> learned(RiskCard card, Target target) {
    return card.judgements().get(target).passed()
        ? Optional.of(PipelineModel.load(at(file(card.number()), target)))
        : Optional.empty();
  }

  /** Keeps a model: it is in use from then on. */
  public void save(RiskModel model) {
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createDirectory(folder.resolve("next-" + UUID.randomUUID()));
      for (Target target : Target.values()) {
        Optional<PipelineModel> learned = model.learned(target);
        if (learned.isPresent()) {
          learned.get().write().overwrite().save(at(temporary, target));
        }
      }
      JSON.writeValue(temporary.resolve(CARD).toFile(), model.card());
      Files.move(temporary, file(model.card().number()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the model in " + folder, e);
    }
  }

  private static String at(Path model, Target target) {
    return model.resolve(target.name().toLowerCase(Locale.ROOT)).toUri().toString();
  }

  private Path file(long number) {
    return folder.resolve(Long.toString(number));
  }

  private List<Long> numbers() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the models in " + folder, e);
    }
  }
}
