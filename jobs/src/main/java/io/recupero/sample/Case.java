package io.recupero.sample;

import java.util.Locale;

/**
 * The awkward stories of real histories that break no rule. The first ones happen to single
 * invoices, in turn; the others come with the customer.
 */
enum Case {
  PARTIAL_PAYMENTS("pagos parciales", "partial payments", PaymentCases::partial),
  OVERPAYMENT("pago en exceso", "over-payment", PaymentCases::overpaid),
  ON_ACCOUNT("pago a cuenta sin imputar", "unapplied payment on account", PaymentCases::onAccount),
  PAID_BEFORE_ISSUE(
      "pago anterior a la factura", "payment before the invoice exists", PaymentCases::early),
  BOUNCED_CHEQUE(
      "cheque protestado (reverso de pago)", "bounced cheque (reversal)", PaymentCases::bounced),
  APPLIED_LATER(
      "imputación posterior al pago", "applied later than paid", PaymentCases::appliedLater),
  LATE_RECORDED("pago registrado tarde", "payment recorded late", PaymentCases::recordedLate),
  PARENT_PAYS(
      "matriz paga factura de su filial",
      "parent pays a subsidiary's invoice",
      PaymentCases::byParent),
  CREDIT_NOTE("nota de crédito", "credit note", AdjustmentCases::creditNote),
  CREDIT_NOTE_BEYOND(
      "nota de crédito mayor que el saldo",
      "credit note beyond the balance",
      AdjustmentCases::creditBeyond),
  DISCOUNT_TAKEN(
      "descuento por pronto pago usado",
      "early-payment discount taken",
      AdjustmentCases::discountTaken),
  DISCOUNT_MISSED(
      "descuento ofrecido y no usado",
      "discount offered, not taken",
      AdjustmentCases::discountMissed),
  WRITE_OFF("castigo", "write-off", AdjustmentCases::writtenOff),
  WRITE_OFF_RECOVERED(
      "recupero de un castigo", "recovery after write-off", AdjustmentCases::recovered),
  INTEREST("interés", "interest", AdjustmentCases::interest),
  PENALTY("multa", "penalty", AdjustmentCases::penalty),
  WITHHOLDING("retención", "withholding", AdjustmentCases::withholding),
  ADJUSTMENT_REVERSED("reverso de un ajuste", "adjustment reversed", AdjustmentCases::reversed),
  LATE_ADJUSTMENT(
      "nota de crédito registrada tarde", "credit note recorded late", AdjustmentCases::creditLate),
  DEBIT_NOTE("nota de débito", "debit note", PlanCases::debitNote),
  PLAN("convenio de pago con cuotas", "payment plan with instalments", PlanCases::plan),
  CORRECTED_INVOICE(
      "factura corregida (dos versiones)",
      "corrected invoice (two versions)",
      PlanCases::corrected),
  DISPUTE("disputa", "dispute", AdjustmentCases::disputed),

  UF_IN_PESOS("factura en UF pagada en pesos", "UF invoice paid in pesos", null),
  SEVERAL_AT_ONCE("un pago para dos facturas", "one payment for two invoices", null),
  REFUND("devolución", "refund", null),
  SEGMENT_CHANGE("cliente cambia de segmento", "customer changes segment", null),
  ATTRIBUTE_BECOMES_NULL("segmento pasa a vacío", "segment becomes null", null),
  DATED_ROWS_ONLY("cliente solo con filas fechadas", "customer with dated rows only", null),
  NEWLINE_IN_COMMENT("salto de línea en un comentario", "line break in a comment", null);

  /** A story about one invoice: settles it, or not; false where it does not fit this invoice. */
  @FunctionalInterface
  interface Story {
    boolean tell(Account account, Bill bill);
  }

  private static final Case[] OF_AN_INVOICE =
      java.util.Arrays.stream(values()).filter(c -> c.story != null).toArray(Case[]::new);

  final String es;
  final String en;
  final Story story;

  Case(String es, String en, Story story) {
    this.es = es;
    this.en = en;
    this.story = story;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the story that comes in turn, from 0. */
  static Case inTurn(long turn) {
    return OF_AN_INVOICE[(int) (turn % OF_AN_INVOICE.length)];
  }
}
