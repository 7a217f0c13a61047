/** What SLF4J 1.x looks for by these names; see {@link dev.hearth.slf4j}. No part of the host. */
@NullMarked
package org.slf4j.impl;

import org.jspecify.annotations.NullMarked;
