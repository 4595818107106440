/** What must not cost a decision: a server that is killed, a database that is away, a log that somebody changes. */
package io.regrade.faults;
