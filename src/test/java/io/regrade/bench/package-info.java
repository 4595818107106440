/**
 * Benchmarks: the engine beside other ways to decide the same machines by the same policy, and tests that they decide
 * alike. Run with {@code ./mvnw -Pbench verify}; see {@link io.regrade.bench.Benchmarks}.
 */
package io.regrade.bench;
