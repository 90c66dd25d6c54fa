package io.recupero.contract;
final class Reversals { static final String EARLIER_REVERSALS = "_earlier_reversals"; }
