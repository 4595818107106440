package io.regrade.fact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An amount that is NaN when it is unknown. {@code <}, {@code >} and {@code ==} are false for it; a rule that compares it
 * with {@code >=} or {@code <=} asks first whether it is known, and {@code policy check} warns of one that does not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface MayBeUnknown {}
