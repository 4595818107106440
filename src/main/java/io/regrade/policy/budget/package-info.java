/** What an evaluation may spend, and what stops it when it spends more. */
@NullMarked
package io.regrade.policy.budget;

import org.jspecify.annotations.NullMarked;
