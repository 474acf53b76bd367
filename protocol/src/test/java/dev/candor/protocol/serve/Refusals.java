package dev.candor.protocol.serve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused request says. */
final class Refusals {
  private Refusals() {}

  /** The reading fails, and both the message and the exception name {@code field}. */
  static void assertRefused(String field, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .hasMessageContaining(field)
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidRequestException.class))
        .extracting(InvalidRequestException::field)
        .isEqualTo(field);
  }
}
