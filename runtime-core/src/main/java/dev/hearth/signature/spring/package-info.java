/**
 * Spring Cloud Function: functions that are called by the names of beans, composed and routed, over the endpoints of its web module.
 *
 * <p>{@link dev.hearth.signature.spring.SpringSignature} recognises two kinds of archives. A Spring Boot application is started by its
 * own context, without a web server, and its functions are looked up in its own catalogue ({@link
 * dev.hearth.signature.spring.BootGlue}). Plain classes of {@code java.util.function} become beans by their class names ({@link
 * dev.hearth.signature.spring.BeansGlue}); Spring is not needed for these.
 *
 * <p>A <em>bean</em> is a function by name, a <em>catalogue</em> what finds them, an <em>envelope</em> a payload with its headers.
 */
@NullMarked
package dev.hearth.signature.spring;

import org.jspecify.annotations.NullMarked;
