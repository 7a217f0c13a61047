/**
 * Numbers that a platform asks for by name, and the text it reads them in.
 *
 * <p>Start at {@link dev.hearth.http.metrics.Counters} and {@link dev.hearth.http.metrics.Histogram}, which count, and {@link
 * dev.hearth.http.metrics.PrometheusText}, which writes (Prometheus' text format, version 0.0.4). A <em>family</em> is all
 * numbers of one name, a <em>series</em> one of them with its labels.
 */
@NullMarked
package dev.hearth.http.metrics;

import org.jspecify.annotations.NullMarked;
