/**
 * From files to text frames: intake into bronze, reading of CSV, JSON and Parquet, mapping of
 * foreign sources to the canonical tables. Whether a value is right is for the contract to judge;
 * here nothing is dropped and nothing guessed.
 */
package io.recupero.source;
