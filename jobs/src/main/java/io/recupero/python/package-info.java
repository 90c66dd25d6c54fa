/**
 * Programs in Python that this one brings with it: a home of their own on this machine, with their
 * packages, secrets and log, and the server that runs there.
 *
 * <p>The Superset of the dashboards and the JupyterLab of the notebooks are such programs. What is
 * done is known by hashes, so that bringing one up is safe to repeat.
 */
package io.recupero.python;
