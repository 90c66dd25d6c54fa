/**
 * Whether contacts kept the rules of the debtor's place: dated rules in schemas/rules/contact, and
 * a judge for the contacts of one customer.
 *
 * <p>{@link io.recupero.compliance.ContactRules#load()} reads the rules, {@link
 * io.recupero.compliance.ContactJudge} applies them. A rule restricts either the hour ({@link
 * io.recupero.compliance.Hours}) or how often ({@link io.recupero.compliance.Frequency}); no class
 * knows a country. What is not known is never taken for kept. Nothing here needs Spark.
 */
package io.recupero.compliance;
