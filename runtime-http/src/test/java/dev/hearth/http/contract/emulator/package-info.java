/** Tests of Lambda's emulator, by the numbers of its contract's conformance cases. */
@NullMarked
package dev.hearth.http.contract.emulator;

import org.jspecify.annotations.NullMarked;
