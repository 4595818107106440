/** What the rules of a policy are made of, as plain data: conditions, comparisons, parameters, conclusions, each with its place. */
@NullMarked
package io.regrade.policy.structure;

import org.jspecify.annotations.NullMarked;
