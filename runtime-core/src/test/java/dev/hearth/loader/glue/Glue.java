package dev.hearth.loader.glue;

/** A class that is defined once more next to a function. */
public final class Glue {}
