package dev.hearth.instance.spi;

/** How answers of a function are kept, in terms of whoever keeps them; the host hands it on and reads nothing of it. Immutable. */
public interface Caching {}
