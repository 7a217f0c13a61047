@NullMarked
package dev.hearth.cli.verify;

import org.jspecify.annotations.NullMarked;
