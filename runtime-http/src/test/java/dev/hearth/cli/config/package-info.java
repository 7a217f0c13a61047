/** Tests of the settings file. */
@NullMarked
package dev.hearth.cli.config;

import org.jspecify.annotations.NullMarked;
