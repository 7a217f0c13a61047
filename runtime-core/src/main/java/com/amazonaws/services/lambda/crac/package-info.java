/**
 * The checkpoint hooks that Lambda's runtime offers to {@code org.crac}, which finds a package like this by name and calls
 * it by reflection. Published in no artifact of the vendor's, so written here; part of the provided API {@code aws-lambda}, never
 * of the host. Functions use {@code org.crac}; {@link com.amazonaws.services.lambda.crac.Core} is where it enters.
 */
@NullMarked
package com.amazonaws.services.lambda.crac;

import org.jspecify.annotations.NullMarked;
