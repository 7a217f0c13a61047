/** The name by which images start the vendor's Java runtime interface client, so that Hearth can stand in for it. */
@NullMarked
package com.amazonaws.services.lambda.runtime.api.client;

import org.jspecify.annotations.NullMarked;
