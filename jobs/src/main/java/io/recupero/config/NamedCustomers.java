package io.recupero.config;

/** Which customers are called by their names in what leaves the lake: reports and mail. */
public enum NamedCustomers {
  /** Those known to be companies: no natural person, and nobody whose kind no file says. */
  COMPANIES,
  /** Everybody. */
  ALL,
  /** Nobody. */
  NONE
}
