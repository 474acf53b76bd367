/** Spring AI against the mock, on the releases of the official clients that it is built on. */
@NullMarked
package dev.candor.clients.spring;

import org.jspecify.annotations.NullMarked;
