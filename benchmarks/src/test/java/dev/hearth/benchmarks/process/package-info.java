@NullMarked
package dev.hearth.benchmarks.process;

import org.jspecify.annotations.NullMarked;
