/**
 * OpenFaaS' contract with a function's container, in two roles. With a real of-watchdog in front (its mode {@code http}) Hearth is what the
 * watchdog forwards to, {@link dev.hearth.http.contract.openfaas.UpstreamContract}. Without one Hearth stands in its place, {@link
 * dev.hearth.http.contract.openfaas.WatchdogContract}. {@link dev.hearth.http.contract.openfaas.OpenFaasPlatform} tells the roles apart by the
 * watchdog's own variables, whose names and defaults are those of of-watchdog 0.11 (README.md; config/config.go).
 */
@NullMarked
package dev.hearth.http.contract.openfaas;

import org.jspecify.annotations.NullMarked;
