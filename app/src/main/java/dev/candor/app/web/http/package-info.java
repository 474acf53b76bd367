/**
 * A small web server for the dashboard on the JDK's own: what may be asked, by whom, and with which
 * headers it is answered. Knows nothing of runs.
 */
@NullMarked
package dev.candor.app.web.http;

import org.jspecify.annotations.NullMarked;
