/**
 * What function authors may compile against: JDK types and the few types here.
 *
 * <p>This is the only Hearth package that a function's class loader can see. A function needs none of
 * it: a class implementing {@link java.util.function.Function} is a function already. Start here when
 * code wants its call's context ({@link dev.hearth.function.ContextFunction}), the request and response
 * as streams ({@link dev.hearth.function.StreamFunction}), a status and headers on its result ({@link
 * dev.hearth.function.Reply}), or hooks for its life cycle ({@link dev.hearth.function.Lifecycle}).
 */
@NullMarked
package dev.hearth.function;

import org.jspecify.annotations.NullMarked;
