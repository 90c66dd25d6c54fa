/** The command line: what a user types, sees and is told when something is wrong. */
package io.recupero.cli;
