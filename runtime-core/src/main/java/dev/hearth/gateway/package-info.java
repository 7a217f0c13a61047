/**
 * Amazon's gateways between HTTP and functions: the events they make of requests, and the responses they make of what functions
 * give. Both ways round, so that a handler of events can be called by HTTP, and a handler of HTTP requests by events.
 *
 * <p>Start at {@link dev.hearth.gateway.EventFormat}. Plain values and the JDK only, as copies of these classes are defined next to
 * functions' glue.
 *
 * <p>Sources: Amazon API Gateway, developer guides for REST and HTTP APIs, <i>Working with AWS Lambda proxy integrations</i>; AWS Lambda,
 * developer guide, <i>Invoking Lambda function URLs</i>; Elastic Load Balancing, <i>Lambda functions as targets</i>.
 */
@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;
