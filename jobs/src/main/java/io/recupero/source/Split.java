package io.recupero.source;

/**
 * A part of a text file that is read on its own.
 *
 * @param file its place in the list of files read together
 * @param start the byte where its first record begins
 * @param firstRecord that record's number, counted from 1
 * @param records how many records it has
 */
record Split(int file, long start, long firstRecord, long records)
    implements java.io.Serializable {}
