/** Hostile policies and honest ones, and what becomes of each. */
package io.regrade.engine.attack;
