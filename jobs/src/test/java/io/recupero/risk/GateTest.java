package io.recupero.risk;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.segment.AsOf;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.Histories;
import io.recupero.segment.SegmentRules;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model is offered")
class GateTest {

  private static final AsOf UNTIL = AsOf.closeOf(LocalDate.of(2023, 10, 15), Histories.ZONE);
  private static final int CUSTOMERS = 60;
  private static final double SHARE_LATE = 0.45;

  @DisplayName("where it finds what neither baseline can: here, that great amounts are paid late")
  @Test
  void aSignalPasses(@TempDir Path lake) {
    FeatureInputs inputs = history((amount, chance) -> chance < (amount > 500 ? 0.85 : 0.08));
    try (RiskHistory history = of(inputs)) {
      Judgement judgement = new RollingOrigin(history, 1).judge(Target.LATE);
      assertThat(judgement.passed()).isTrue();
      assertThat(judgement.reason()).isNull();
      assertThat(Judgement.LEARNED).contains(judgement.offered());
      Dataset<Row> known = Learner.inOrder(history.known(Target.LATE)).cache();
      RiskModel one = model(known, judgement);
      List<String> said = said(one, known);
      assertThat(said(model(known, judgement), known)).isEqualTo(said);
      RiskModels models = RiskModels.of(lake);
      models.save(one);
      assertThat(models.next()).isEqualTo(2);
      assertThat(said(models.load(1), known)).isEqualTo(said);
      Reasons reasons = Reasons.of(models.load(1).late().get(), models.card(1));
      Row great =
          one.late().get().transform(known).orderBy(col("n_document_amount").desc()).first();
      assertThat(reasons.of(great.getAs("features")).toString()).contains("+", "amount");
    }
  }

  @DisplayName(
      "never where outcomes are drawn by chance: then the better baseline is, with the reason")
  @Test
  void shuffledOutcomesDoNotPass() {
    FeatureInputs inputs = history((amount, chance) -> chance < SHARE_LATE);
    try (RiskHistory history = of(inputs)) {
      Judgement judgement = new RollingOrigin(history, 1).judge(Target.LATE);
      assertThat(judgement.documents()).isGreaterThan(200);
      assertThat(judgement.passed()).isFalse();
      assertThat(judgement.reason()).isEqualTo("not_better");
      assertThat(Judgement.BASELINES).contains(judgement.offered());
    }
  }

  private static RiskModel model(Dataset<Row> known, Judgement judgement) {
    var late = new Learner(1).fit(known, Target.LATE, judgement.offered());
    RiskCard card =
        new RiskCard(
            1,
            UNTIL.day(),
            UNTIL.known(),
            1,
            1,
            0,
            java.util.Map.of(Target.LATE, known.count()),
            java.util.Map.of(Target.LATE, judgement, Target.DAYS, notOffered()),
            java.util.Map.of(Target.LATE, Baselines.of(known, 0)),
            Slots.usual(late, known));
    return new RiskModel(card, java.util.Optional.of(late), java.util.Optional.empty());
  }

  private static Judgement notOffered() {
    return new Judgement(
        Target.DAYS, 0, 0, 0, List.of(), List.of(), Baselines.SEGMENT, false, "too_few");
  }

  private static List<String> said(RiskModel model, Dataset<Row> rows) {
    return model
        .score(rows, Target.LATE, "said")
        .select("invoice_id", "said")
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .sorted()
        .toList();
  }

  private static RiskHistory of(FeatureInputs inputs) {
    return new RiskHistory(inputs, UNTIL, Histories.ZONE, 0, SegmentRules.load());
  }

  /** Two invoices a customer and month, due after 30 days, each paid once, late or in time. */
  private static FeatureInputs history(BiFunction<Integer, Double, Boolean> isLate) {
    SplittableRandom random = new SplittableRandom(20230101);
    StringBuilder invoices =
        new StringBuilder("invoice_id|customer_id|issue_date|due_date|amount|currency\n");
    StringBuilder payments = new StringBuilder("payment_id|customer_id|paid_on|amount|currency\n");
    StringBuilder applications = new StringBuilder("payment_id|invoice_id|applied_on|amount\n");
    int number = 0;
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      for (int month = 1; month <= 9; month++) {
        for (int each = 0; each < 2; each++) {
          number++;
          LocalDate issued = LocalDate.of(2023, month, 1 + random.nextInt(28));
          LocalDate due = issued.plusDays(30);
          int amount = 1 + random.nextInt(1000);
          boolean late = isLate.apply(amount, random.nextDouble());
          LocalDate paid =
              late ? due.plusDays(4 + random.nextInt(16)) : due.minusDays(random.nextInt(5));
          String id = "F%05d".formatted(number);
          invoices.append("%s|C%03d|%s|%s|%d|CLP%n".formatted(id, customer, issued, due, amount));
          payments.append("P%s|C%03d|%s|%d|CLP%n".formatted(id, customer, paid, amount));
          applications.append("P%s|%s||%d%n".formatted(id, id, amount));
        }
      }
    }
    return new Histories()
        .with("invoices", invoices.toString())
        .with("payments", payments.toString())
        .with("payment_applications", applications.toString())
        .inputs();
  }
}
