/** What carries out a decision: the course of a job, and the port to whatever can change a machine. */
@NullMarked
package io.regrade.execute;

import org.jspecify.annotations.NullMarked;
