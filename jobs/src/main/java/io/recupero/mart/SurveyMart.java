package io.recupero.mart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What customers answered, month to date: {@code gold.survey_daily}. An answer belongs to the
 * customer as a whole: it has no portfolio, debt type or currency.
 */
record SurveyMart() implements Mart {

  private static final int SATISFIED_FROM = 4;
  private static final int PROMOTER_FROM = 9;
  private static final int DETRACTOR_TO = 6;

  @Override
  public String table() {
    return "gold.survey_daily";
  }

  @Override
  public Optional<String> needs() {
    return Optional.of("surveys");
  }

  @Override
  public Keys keys() {
    return Keys.wide(Contact.WHO);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.count("satisfied_count"),
        Part.count("csat_count"),
        Part.count("promoter_count"),
        Part.count("detractor_count"),
        Part.count("nps_count"));
  }

  @Override
  public List<? extends Item> items(Debtor debtor) {
    List<Item> items = new ArrayList<>();
    for (WorkRecord survey : debtor.dossier.of(WorkRows.SURVEY, 0)) {
      Optional<Contact> contact =
          survey.text(0) == null
              ? Optional.empty()
              : debtor.dossier.contact(debtor, survey.text(0));
      String keys = Keys.join(contact.map(Contact::who).orElse(new String[Contact.WHO.length]));
      items.add(
          new OfMonth(
              debtor.lines.nothing, survey.day(0), (day, to) -> answer(survey, to.entry(keys))));
    }
    return items;
  }

  private static void answer(WorkRecord survey, long[] parts) {
    if (survey.has(1)) {
      parts[0] = survey.number(1) >= SATISFIED_FROM ? 1 : 0;
      parts[1] = 1;
    }
    if (survey.has(2)) {
      parts[2] = survey.number(2) >= PROMOTER_FROM ? 1 : 0;
      parts[3] = survey.number(2) <= DETRACTOR_TO ? 1 : 0;
      parts[4] = 1;
    }
  }
}
