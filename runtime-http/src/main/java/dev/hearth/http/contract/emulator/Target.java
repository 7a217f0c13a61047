package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;

/**
 * What a name and a qualifier have led to.
 *
 * @param function its name on the API, which is not the deployed one's where that is a version
 * @param version {@code $LATEST} or a number
 * @param arn as it was invoked, with the qualifier
 */
record Target(FunctionHandle handle, String function, String version, String arn) {}
