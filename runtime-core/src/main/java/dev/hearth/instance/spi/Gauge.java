package dev.hearth.instance.spi;

import java.util.List;

/**
 * A number that a provider of resources shows.
 *
 * @param name of the family, as users of the resource know it
 * @param help one line for people
 * @param counter whether it only grows
 * @param labels names and values in turn, the resource's name among them
 * @param value now
 */
public record Gauge(String name, String help, boolean counter, List<String> labels, double value) {}
