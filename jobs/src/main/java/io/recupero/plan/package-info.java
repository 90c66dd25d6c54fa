/** Which job runs when: jobs ordered by what they read and write, tried on nothing, then run. */
package io.recupero.plan;
