/** Empty: the server is the harness's own. */
package peer;
