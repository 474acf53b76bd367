/**
 * What a run will take, before its first request: requests, tokens, time, money and quota, each as
 * a range with what it comes from.
 */
@NullMarked
package dev.candor.app.estimate;

import org.jspecify.annotations.NullMarked;
