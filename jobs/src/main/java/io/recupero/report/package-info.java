/**
 * Reports for people: one model of sections, tables and charts, made of a release, and what writes
 * it as a workbook, as a page and as a mail.
 */
package io.recupero.report;
