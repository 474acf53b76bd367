package dev.candor.base.error;

/** Who can mend a failure of the program. */
public enum ErrorCode {
  /** The user: a wrong flag, file or scenario. Nothing was sent. */
  USER,
  /** The target or the machine: unreachable, refused, disk full. */
  TARGET,
  /** We: a defect of Candor. */
  INTERNAL
}
