@NullMarked
package dev.hearth.http.contract.nuclio;

import org.jspecify.annotations.NullMarked;
