/** Tests of OpenWhisk's contract, by the numbers of its suites and cases. */
@NullMarked
package dev.hearth.http.contract.openwhisk;

import org.jspecify.annotations.NullMarked;
