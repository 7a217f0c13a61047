/** Tests of counting and of Prometheus' text. */
@NullMarked
package dev.hearth.http.metrics;

import org.jspecify.annotations.NullMarked;
