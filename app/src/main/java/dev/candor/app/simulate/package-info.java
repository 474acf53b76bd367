/** What a simulation asks in place of a live target: the mock's answers and engines, without it. */
@NullMarked
package dev.candor.app.simulate;

import org.jspecify.annotations.NullMarked;
