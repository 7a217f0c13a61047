package dev.hearth.signature.plain;

import dev.hearth.signature.spi.Shape;
import java.lang.reflect.Type;

/**
 * What a plain function says about itself.
 *
 * @param handler the handler as users write it, for messages
 * @param shape its shape
 * @param takes the type of its input, void for none
 * @param gives the type of its output, void for none
 */
record Signed(String handler, Shape shape, Type takes, Type gives) {}
