package io.recupero.compliance;

import io.recupero.contract.Text;
import java.util.Locale;

/** Why a contact cannot be judged. */
public enum MissingFact {
  /** The debtor's country is not known. */
  COUNTRY("falta el país del deudor", "the debtor's country is missing"),
  /** The rules differ by region, and the debtor's is not known. */
  REGION("falta la región del deudor", "the debtor's region is missing"),
  /** Whether the debtor is a consumer or a business is not known. */
  PERSON_TYPE(
      "falta si el deudor es consumidor o empresa",
      "whether the debtor is a consumer or a business is missing"),
  /** The debtor's time zone is missing, or is no IANA name. */
  TIMEZONE(
      "falta la zona horaria del deudor o no existe",
      "the debtor's time zone is missing or does not exist"),
  /** No rule is known for that place, person and day. */
  RULE(
      "no hay reglas de ese lugar, persona y día",
      "there are no rules for that place, person, day"),
  /** A rule hangs on the holidays of that country and year, which are not in the list. */
  HOLIDAYS(
      "faltan los feriados de ese país y año", "the holidays of that country and year are missing"),
  /** The rules are for consumers and the debtor is a business. */
  BUSINESS_DEBTOR(
      "el deudor es una empresa y las reglas son de consumo",
      "the debtor is a business and the rules are for consumers");

  private final Text text;

  MissingFact(String es, String en) {
    this.text = new Text(es, en);
  }

  /** Returns the name that tables hold, such as {@code person_type}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is missing, for users. */
  public Text text() {
    return text;
  }
}
