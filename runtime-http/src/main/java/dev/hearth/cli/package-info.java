/**
 * The {@code hearth} command.
 *
 * <p>{@link dev.hearth.cli.Main} is the entry. {@code hearth run} is read by a parser of its own and loads
 * neither picocli nor, without {@code --config}, YAML; the other subcommands and all help are picocli's.
 */
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
