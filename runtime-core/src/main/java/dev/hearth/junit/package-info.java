/** For the tests of function authors, with JUnit 5, which this package alone needs. */
@NullMarked
package dev.hearth.junit;

import org.jspecify.annotations.NullMarked;
