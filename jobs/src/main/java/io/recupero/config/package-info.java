/** The settings of a run: one YAML file, environment variables, options of the command. */
package io.recupero.config;
