package io.recupero.contract;
final class Applications { static final String APPLIED = "_applied"; }
