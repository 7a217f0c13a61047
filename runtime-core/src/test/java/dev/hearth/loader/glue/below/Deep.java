package dev.hearth.loader.glue.below;

/** A class one package deeper. */
public final class Deep {}
