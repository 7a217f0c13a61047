@NullMarked
package dev.hearth.benchmarks;

import org.jspecify.annotations.NullMarked;
