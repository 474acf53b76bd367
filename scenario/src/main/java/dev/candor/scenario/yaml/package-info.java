/** Scenario files: YAML in, records out, with errors that name the line. */
@NullMarked
package dev.candor.scenario.yaml;

import org.jspecify.annotations.NullMarked;
