/**
 * Archives, isolation, unload and its proof.
 *
 * <p>An <em>archive</em> is what a user ships. {@link dev.hearth.loader.ArchiveStore} copies it once, under
 * the hash of its content, and hands out {@link dev.hearth.loader.StoredArchive}s; {@link
 * dev.hearth.loader.FunctionLoader} loads one version's classes from it, and {@link
 * dev.hearth.loader.BindingLoader} the host's glue code next to them. {@link
 * dev.hearth.loader.ProvidedApis} are vendor APIs that archives need not bring. {@link
 * dev.hearth.loader.UnloadWatch} tells which retired loaders the JVM has not collected.
 *
 * <p>What keeps functions apart guards against mistakes, not against hostile code. A few paths are the
 * JDK's own and lead around it: {@code ClassLoader.getSystemResource}, and a URL of the store's copy
 * that is turned into text and back, which the JDK opens in its cache of jars.
 */
@NullMarked
package dev.hearth.loader;

import org.jspecify.annotations.NullMarked;
