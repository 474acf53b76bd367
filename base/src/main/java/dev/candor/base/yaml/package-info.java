/** Reads YAML files with a closed set of keys; every mistake is told with its line and its key. */
@NullMarked
package dev.candor.base.yaml;

import org.jspecify.annotations.NullMarked;
