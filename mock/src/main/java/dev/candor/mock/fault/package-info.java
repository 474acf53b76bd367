/**
 * What goes wrong, when and with whom: fault rules on a seeded timetable. Pure, with time as a
 * parameter; how a fault shows on the wire is the server's.
 */
@NullMarked
package dev.candor.mock.fault;

import org.jspecify.annotations.NullMarked;
