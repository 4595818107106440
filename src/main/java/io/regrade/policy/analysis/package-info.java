/** What is wrong with the rules of a policy taken together: what can never happen, what is said twice, what is contradicted. */
@NullMarked
package io.regrade.policy.analysis;

import org.jspecify.annotations.NullMarked;
