/** Many engines: pools, routers, scaling, failures. */
@NullMarked
package dev.candor.engine.cluster;

import org.jspecify.annotations.NullMarked;
