/** A run from scenario to reports. */
@NullMarked
package dev.candor.app.run;

import org.jspecify.annotations.NullMarked;
