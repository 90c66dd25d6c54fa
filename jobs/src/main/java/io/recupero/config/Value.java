package io.recupero.config;

import java.nio.file.Path;

/**
 * A setting as somebody wrote it.
 *
 * @param where what a message names: file and line, the variable or the option
 * @param base the folder that a relative path starts from
 */
record Value(String text, String where, Path base) {}
