/**
 * Connection pools and other warm resources that the host owns and lends to functions.
 *
 * <p>A <em>pool</em> is declared as a {@link dev.hearth.pool.PoolSpec} under a name; {@link
 * dev.hearth.pool.ConnectionPools} opens it when a function first borrows from it and keeps it across
 * every version of every function until the host closes. Functions see a plain {@link
 * javax.sql.DataSource}.
 *
 * <p>A <em>warm resource</em> is anything else that is worth keeping, such as a client of a service: a {@link
 * dev.hearth.pool.WarmResource} says how it is opened, checked, renewed and closed, and {@link dev.hearth.pool.WarmResources} does
 * so.
 */
@NullMarked
package dev.hearth.pool;

import org.jspecify.annotations.NullMarked;
