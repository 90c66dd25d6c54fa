/** The one gate for SQL that does not come from the program itself. */
package io.recupero.sql;
