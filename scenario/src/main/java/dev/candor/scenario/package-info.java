/** The scenario file: records, schema, errors that name the line. */
@NullMarked
package dev.candor.scenario;

import org.jspecify.annotations.NullMarked;
