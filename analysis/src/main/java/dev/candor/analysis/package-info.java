/** From records to findings. */
@NullMarked
package dev.candor.analysis;

import org.jspecify.annotations.NullMarked;
