/** The mock's side of HTTP/1.1 and HTTP/2: pipelines, bodies within bounds, replies. */
@NullMarked
package dev.candor.mock.http;

import org.jspecify.annotations.NullMarked;
