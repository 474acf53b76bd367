package dev.candor.mock.audit;

/** Why an attempt was made, seen from the service. */
enum Origin {
  /** It began its call. */
  FIRST,
  /** All attempts before it had ended, none well. */
  RETRY,
  /** Another attempt was still under way. */
  HEDGE,
  /** The call had succeeded already, but the client says it is the same. */
  REPEAT
}
