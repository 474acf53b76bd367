/**
 * What an answer says and how long it is: decided by its request's number before its first token.
 */
@NullMarked
package dev.candor.mock.answer;

import org.jspecify.annotations.NullMarked;
