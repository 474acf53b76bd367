/** JSON walked over in place, on bytes: no tree, and no string that is not asked for. */
@NullMarked
package dev.candor.protocol.json;

import org.jspecify.annotations.NullMarked;
