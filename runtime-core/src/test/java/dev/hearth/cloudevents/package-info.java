@NullMarked
package dev.hearth.cloudevents;

import org.jspecify.annotations.NullMarked;
