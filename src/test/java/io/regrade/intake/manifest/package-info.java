@org.jspecify.annotations.NullMarked
package io.regrade.intake.manifest;
