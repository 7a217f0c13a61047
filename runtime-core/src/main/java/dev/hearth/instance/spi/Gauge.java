package dev.hearth.instance.spi;

/**
 * A number that a provider of resources shows.
 *
 * @param name of the family, as users of the resource know it
 * @param help one line for people
 * @param label the name of the label that tells resources apart
 * @param resource the label's value: the resource's name
 * @param value now
 */
public record Gauge(String name, String help, String label, String resource, double value) {}
