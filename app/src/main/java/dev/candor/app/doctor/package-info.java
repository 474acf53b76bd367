/** What this machine can be trusted with: its error against known truth, and its limits. */
@NullMarked
package dev.candor.app.doctor;

import org.jspecify.annotations.NullMarked;
