/**
 * What notebooks ask of a lake, in few methods: the same jobs that runs and commands use, so that a
 * figure or a segment means the same in Python as anywhere else.
 *
 * <p>{@code notebooks/recupero_lake.py} is the other side: thin, and without definitions of its
 * own.
 */
package io.recupero.notebook;
