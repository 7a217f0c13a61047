package dev.hearth.signature.spring;

/**
 * Results that are sent as an array, or one by one.
 *
 * @param items may be gone through once, and may wait for what is to come
 */
record Many(Iterable<?> items) {}
