/**
 * What every file of rules has in common: problems with their lines, and versions that follow each
 * other.
 */
package io.recupero.rules;
