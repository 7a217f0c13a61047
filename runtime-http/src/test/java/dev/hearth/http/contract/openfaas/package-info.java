/** Tests of OpenFaaS' contract, by the numbers of its cases. */
@NullMarked
package dev.hearth.http.contract.openfaas;

import org.jspecify.annotations.NullMarked;
