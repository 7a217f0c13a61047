/**
 * Archives, isolation, unload and its proof.
 *
 * <p>An <em>archive</em> is what a user ships. {@link dev.hearth.loader.ArchiveStore} copies it once, under
 * the hash of its content, and hands out {@link dev.hearth.loader.StoredArchive}s; {@link
 * dev.hearth.loader.FunctionLoader} loads one version's classes from it, and {@link
 * dev.hearth.loader.BindingLoader} the host's glue code next to them.
 */
@NullMarked
package dev.hearth.loader;

import org.jspecify.annotations.NullMarked;
